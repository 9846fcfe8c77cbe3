// The pools table as CSV (RFC 4180, UTF-8): exactly what the filter shows, whole range. Decimal strings stay untouched and
// times are ISO 8601 UTC. Written aside and renamed, so that a failed export leaves no half file.
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { ExportPoolsArgs } from '../../shared/contract/commands';
import type { PoolListItem } from '../../shared/contract/queries';
import type { PoolCursor } from '../../shared/contract/reads';
import type { Store } from '../storage/store';

const PAGE_ROWS = 500;

type Cell = string | number | null;

/** Column heading → cell. Text that people outside wrote passes the formula guard; numbers and decimals do not need it. */
const COLUMNS: readonly (readonly [string, (pool: PoolListItem) => Cell])[] = [
  ['pool_id', ({ id }) => guardFormula(id)],
  ['network', ({ networkId }) => guardFormula(networkId)],
  ['dex', ({ dexId }) => guardFormula(dexId)],
  ['address', ({ address }) => guardFormula(address)],
  ['name', ({ name }) => guardFormula(name)],
  ['base_symbol', ({ baseSymbol }) => guardFormula(baseSymbol)],
  ['quote_symbol', ({ quoteSymbol }) => guardFormula(quoteSymbol)],
  ['created_at', ({ createdAtMs }) => isoTime(createdAtMs)],
  ['base_price_usd', ({ basePriceUsd }) => basePriceUsd],
  ['quote_price_usd', ({ quotePriceUsd }) => quotePriceUsd],
  ['reserve_usd', ({ reserveUsd }) => reserveUsd],
  ['fdv_usd', ({ fdvUsd }) => fdvUsd],
  ['market_cap_usd', ({ marketCapUsd }) => marketCapUsd],
  ['volume_usd_h1', ({ volumeUsdH1 }) => volumeUsdH1],
  ['volume_usd_h24', ({ volumeUsdH24 }) => volumeUsdH24],
  ['change_pct_m5', ({ changePctM5 }) => changePctM5],
  ['change_pct_h1', ({ changePctH1 }) => changePctH1],
  ['change_pct_h24', ({ changePctH24 }) => changePctH24],
  ['buys_h24', ({ buysH24 }) => buysH24],
  ['sells_h24', ({ sellsH24 }) => sellsH24],
  ['observed_at', ({ observedAtMs }) => isoTime(observedAtMs)],
];

/** Writes the file and returns the number of data rows. Rejects, leaving nothing behind, when it cannot be written. */
export async function exportPoolsCsv(store: Store, args: ExportPoolsArgs, path: string): Promise<number> {
  const temporary = `${path}.part`;
  let rows = 0;
  async function* records(): AsyncGenerator<readonly Cell[]> {
    for await (const pool of walkPools(store, args)) {
      rows += 1;
      yield COLUMNS.map(([, cell]) => cell(pool));
    }
  }
  try {
    const csv = stringify({ header: true, columns: COLUMNS.map(([name]) => name), record_delimiter: 'windows' });
    await pipeline(Readable.from(records()), csv, createWriteStream(temporary));
    await syncFile(temporary);
    await rename(temporary, path);
    return rows;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function* walkPools(store: Store, { filter, sortBy, descending }: ExportPoolsArgs): AsyncGenerator<PoolListItem> {
  let after: PoolCursor | null = null;
  do {
    const page: { items: readonly PoolListItem[]; next: PoolCursor | null } = await store.read('pools.walk', {
      filter,
      sortBy,
      descending,
      limit: PAGE_ROWS,
      after,
    });
    yield* page.items;
    after = page.next;
  } while (after);
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Spreadsheets run cells that begin like a formula; an apostrophe makes them text. */
function guardFormula(text: string | null): string | null {
  return text !== null && /^[\s]*[=+\-@\t\r;]/.test(text) ? `'${text}` : text;
}

function isoTime(timeMs: number | null): string | null {
  return timeMs === null ? null : new Date(timeMs).toISOString();
}
