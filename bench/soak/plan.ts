// What goes wrong in an endurance run, when and for how long: drawn from a seed, so that a run can be repeated. Pure.
import { Random } from '../../src/main/demo/market/random';

/** `required`: a person has to be told of it; `optional`: it may be told. */
type Telling = 'required' | 'optional';

export interface FaultKind {
  readonly id: string;
  readonly telling: Telling;
  /** Says the same as the title or the cause of an incident that is about it. */
  readonly names: RegExp;
  readonly minMs: number;
  readonly maxMs: number;
}

/** Long enough for what is judged over minutes to be judged, short enough for many in an hour. */
export const FAULT_KINDS = [
  { id: 'lock', telling: 'required', names: /lock|market\.db/i, minMs: 20_000, maxMs: 45_000 },
  {
    id: 'api-500',
    telling: 'required',
    names: /500|fault of its own|server|127\.0\.0\.1/i,
    minMs: 60_000,
    maxMs: 90_000,
  },
  { id: 'api-hang', telling: 'required', names: /answer|127\.0\.0\.1|hang/i, minMs: 75_000, maxMs: 100_000 },
  { id: 'api-429', telling: 'optional', names: /throttl|fewer calls|127\.0\.0\.1/i, minMs: 30_000, maxMs: 90_000 },
  { id: 'kill', telling: 'optional', names: /./, minMs: 1_000, maxMs: 10_000 },
  { id: 'sleep', telling: 'optional', names: /./, minMs: 10_000, maxMs: 60_000 },
  {
    id: 'disk-full',
    telling: 'required',
    names: /disk|full|memory|volatile|market\.db|monitor\.db/i,
    minMs: 20_000,
    maxMs: 40_000,
  },
] as const satisfies readonly FaultKind[];
export type FaultId = (typeof FAULT_KINDS)[number]['id'];

export interface PlannedFault {
  readonly id: FaultId;
  /** After the one before it is over. */
  readonly pauseMs: number;
  readonly lastsMs: number;
}

const MIN_PAUSE_MS = 30_000;
const MAX_PAUSE_MS = 75_000;

/** Faults without end, each kind once before any comes again. @param without kinds that cannot be made on this machine */
export function* plannedFaults(seed: number, without: readonly FaultId[]): Generator<PlannedFault, never> {
  const random = new Random(seed);
  const kinds = FAULT_KINDS.filter(({ id }) => !without.includes(id));
  for (;;) {
    for (const { id, minMs, maxMs } of shuffled(kinds, random)) {
      yield {
        id,
        pauseMs: Math.round(random.between(MIN_PAUSE_MS, MAX_PAUSE_MS)),
        lastsMs: Math.round(random.between(minMs, maxMs)),
      };
    }
  }
}

function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  return items
    .map((item) => ({ item, place: random.unit() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
