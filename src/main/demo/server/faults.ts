// Faults to order: which answers go wrong, in which way, how often. This file plans and validates; the server carries out.

/** The answer is replaced, delayed or cut. */
const TRANSPORT_FAULTS = [
  '429',
  '429-after-60',
  '429-http-date',
  '429-no-header',
  '200-with-429',
  '401',
  '403-html',
  'not_found',
  '500',
  '502-html',
  '503-html',
  '520-html',
  'html',
  'empty',
  'garbage',
  'oversize',
  'truncated',
  'drop',
  'slow',
  'stall',
] as const;
export type TransportFault = (typeof TRANSPORT_FAULTS)[number];

/** The answer stays a complete 200, with data as odd as the real service has sent. */
const DATA_FAULTS = [
  'nan',
  'nulls',
  'unknown-fields',
  'missing-windows',
  'duplicate-bars',
  'conflicting-bars',
  'out-of-order',
  'open-outside',
  'escaped-names',
] as const;
export type DataFault = (typeof DATA_FAULTS)[number];

export interface Fault {
  /** Applies to requests whose path and query contain this. */
  readonly match: string;
  readonly kind: TransportFault | DataFault;
  /** How many requests it hits; null is all. */
  readonly times: number | null;
  /** For `slow` (wait, then answer well) and `stall` (half an answer, wait, hang up). */
  readonly delayMs: number;
}

export interface PlannedFaults {
  readonly transport: { readonly kind: TransportFault; readonly delayMs: number } | null;
  readonly data: readonly DataFault[];
}

const DEFAULT_DELAY_MS = 20_000;
const MAX_DELAY_MS = 600_000;
const FIELDS: readonly string[] = ['match', 'kind', 'times', 'delayMs'];

export class FaultPlan {
  #faults: { readonly fault: Fault; left: number }[] = [];

  add(faults: readonly Fault[]): void {
    for (const fault of faults) this.#faults.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.#faults = [];
  }

  /** What befalls this request. The oldest fitting transport fault wins, and then data faults wait for another request. */
  take(url: string): PlannedFaults {
    const fitting = this.#faults.filter((entry) => entry.left > 0 && url.includes(entry.fault.match));
    for (const entry of fitting) {
      const kind = TRANSPORT_FAULTS.find((name) => name === entry.fault.kind);
      if (kind === undefined) continue;
      entry.left -= 1;
      return { transport: { kind, delayMs: entry.fault.delayMs }, data: [] };
    }
    for (const entry of fitting) entry.left -= 1;
    return {
      transport: null,
      data: DATA_FAULTS.filter((name) => fitting.some((entry) => entry.fault.kind === name)),
    };
  }
}

/** Reads one fault or a list of them. Throws a TypeError whose message names the field that is wrong. */
export function readFaults(input: unknown): readonly Fault[] {
  const list: readonly unknown[] = Array.isArray(input) ? input : [input];
  return list.map(readFault);
}

function readFault(input: unknown): Fault {
  if (typeof input !== 'object' || input === null) throw new TypeError('a fault must be an object');
  const fields: Readonly<Record<string, unknown>> = { ...input };
  const unknown = Object.keys(fields).find((name) => !FIELDS.includes(name));
  if (unknown !== undefined) throw new TypeError(`unknown field "${unknown}"; known: ${FIELDS.join(', ')}`);
  const { match = '', times = null, delayMs = DEFAULT_DELAY_MS } = fields;
  const kind = [...TRANSPORT_FAULTS, ...DATA_FAULTS].find((name) => name === fields.kind);
  if (kind === undefined) {
    throw new TypeError(`kind must be one of ${[...TRANSPORT_FAULTS, ...DATA_FAULTS].join(', ')}`);
  }
  if (typeof match !== 'string') throw new TypeError('match must be a string');
  if (times !== null && !(Number.isInteger(times) && Number(times) > 0)) {
    throw new TypeError('times must be a positive whole number or null');
  }
  if (!(typeof delayMs === 'number' && delayMs >= 0 && delayMs <= MAX_DELAY_MS)) {
    throw new TypeError(`delayMs must be a number from 0 to ${MAX_DELAY_MS}`);
  }
  return { match, kind, times: times === null ? null : Number(times), delayMs };
}
