// Fills a market.db with candles, straight into the closed file: series of one-minute bars with prices as the source writes them.
import Database from 'better-sqlite3';

/** Adds `rows` candles in `series` series to a file of the present schema. */
export function addCandles(file: string, rows: number, series: number): void {
  const db = new Database(file);
  const addSeries = db.prepare(
    "INSERT INTO candle_series (pool_id, timeframe, aggregate, side, currency, candles) VALUES (?, 'minute', 1, 'base', 'usd', ?)",
  );
  const add = db.prepare('INSERT INTO candles VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)');
  const perSeries = Math.floor(rows / series);
  db.pragma('synchronous = OFF');
  for (let n = 1; n <= series; n += 1) {
    db.transaction(() => {
      const key = Number(addSeries.run(`solana_Pool${String(n).padStart(40, '0')}`, perSeries).lastInsertRowid);
      for (let bar = 0; bar < perSeries; bar += 1) {
        const price = `0.0000${161_369_154 + bar * 7 + n}42742065`;
        const startsAtS = 1_760_000_000 + 60 * bar;
        add.run(key, startsAtS, price, price, price, price, (bar * 13.37).toFixed(10), startsAtS * 1_000 + 60_123);
      }
    })();
  }
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}
