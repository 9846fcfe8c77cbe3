// What must be known of a source before its rows can be understood: gathered in a first pass over all of it.
import type { ImportArgs } from '../../shared/contract/imports';
import { Cells, type SourceRecord } from './cells';
import { type Networks, USUAL_NETWORKS } from './identity';
import { tradeIdParts } from './tables/tradeId';
import { readTime } from './times';

/** Base and quote token of a pool, as ids. */
export type TokenPair = readonly [base: string, quote: string];

export interface Evidence {
  readonly networks: Networks;
  /** Trade times are ahead of UTC by this much. */
  readonly tradeOffsetMs: number;
  /** By pool id as the source writes it. */
  readonly pairs: ReadonlyMap<string, TokenPair>;
  /** Of QLib files, which do not say: the longest bar that fits all their times, in seconds. */
  readonly barS: number | null;
  readonly rows: number;
  readonly notes: readonly string[];
}

const MINUTE_MS = 60_000;
/** Offsets of time zones are whole quarters of an hour. */
const QUARTER_MS = 15 * MINUTE_MS;
const BARS_S = [86_400, 43_200, 14_400, 3_600, 900, 300, 60] as const;

export class EvidenceCollector {
  readonly #networks = new Set<string>();
  readonly #pairs = new Map<string, TokenPair>();
  readonly #offsets = new Map<number, number>();
  #timesS = 0;
  #rows = 0;
  #unprovedTrades = 0;

  take(table: string, record: SourceRecord): void {
    this.#rows += 1;
    const cells = new Cells(record, Number.MAX_SAFE_INTEGER);
    const network = cells.text('network', 'network_id');
    if (network !== null) this.#networks.add(network);
    if (table === 'pools' || table === 'new_pools_history') this.#takePool(cells);
    if (table === 'trades') this.#takeTrade(cells);
    if (table === 'qlib') this.#timesS = gcd(this.#timesS, Math.round((readTime(record['datetime'])?.ms ?? 0) / 1_000));
  }

  result(args: ImportArgs): Evidence {
    const notes: string[] = [];
    const known = new Set<string>([...USUAL_NETWORKS, ...this.#networks]);
    const [only, ...others] = this.#networks;
    const fallback = args.networkId ?? (only !== undefined && others.length === 0 ? only : null);
    const detected = this.#detectedOffset();
    const tradeOffsetMs = args.tradeOffsetMinutes === null ? (detected ?? 0) : args.tradeOffsetMinutes * MINUTE_MS;
    if (detected !== null && detected !== 0 && args.tradeOffsetMinutes === null)
      notes.push(`Trade times are ${detected / MINUTE_MS} minutes ahead of UTC; they are set right.`);
    if (detected === null && this.#unprovedTrades > 0 && args.tradeOffsetMinutes === null)
      notes.push('Nothing in the source proves its trade times; they are taken as UTC.');
    const barS = this.#timesS === 0 ? null : (BARS_S.find((bar) => this.#timesS % bar === 0) ?? null);
    if (barS !== null) notes.push(`QLib candles are taken as bars of ${barS / 60} minutes.`);
    return { networks: { known, fallback }, tradeOffsetMs, pairs: this.#pairs, barS, rows: this.#rows, notes };
  }

  #takePool(cells: Cells): void {
    const id = cells.text('pool_id', 'id');
    const base = cells.text('base_token_id');
    const quote = cells.text('quote_token_id');
    if (id !== null && base !== null && quote !== null) this.#pairs.set(id, [base, quote]);
  }

  #takeTrade(cells: Cells): void {
    const truthMs = tradeIdParts(cells.text('id') ?? '')?.atMs;
    const stored = readTime(cells.text('block_timestamp') ?? '');
    if (truthMs === undefined || stored === null) {
      this.#unprovedTrades += 1;
      return;
    }
    const offset = Math.round((stored.ms - truthMs) / QUARTER_MS) * QUARTER_MS;
    if (Math.abs(stored.ms - truthMs - offset) < MINUTE_MS)
      this.#offsets.set(offset, (this.#offsets.get(offset) ?? 0) + 1);
  }

  /** Only when all trades that can prove it agree. */
  #detectedOffset(): number | null {
    const [first, ...others] = this.#offsets.keys();
    return first !== undefined && others.length === 0 ? first : null;
  }
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
