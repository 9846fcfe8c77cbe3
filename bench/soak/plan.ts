// What goes wrong in an endurance run, when and for how long: drawn from a seed, so that a run can be repeated. Pure.
import { Random } from '../../src/main/demo/market/random';

/** `required`: a person has to be told of it; `silent`: it is nobody's fault, and no card is right. */
type Telling = 'required' | 'silent';

export interface FaultKind {
  readonly id: string;
  readonly telling: Telling;
  /** Where the cause lies in the tree of causes; null where there is nothing to tell. */
  readonly nodes: RegExp | null;
  /** What a person must read of it. */
  readonly names: RegExp | null;
  /** Where something else is truly wrong meanwhile, with a card of its own. */
  readonly besides: RegExp | null;
  /** By then it is told. */
  readonly toldWithinMs: number;
  readonly minMs: number;
  readonly maxMs: number;
}

const HOST = /^host\/.+#access$/;
const HOST_ANSWERS = /^host\/.+#answers$/;

/** Long enough for what is judged over minutes to be judged, short enough for many in an hour. */
export const FAULT_KINDS = [
  {
    id: 'lock',
    telling: 'required',
    nodes: /^database\/market#access$/,
    names: /market\.db is locked/,
    besides: /^database\/market#log$/,
    toldWithinMs: 2_000,
    minMs: 20_000,
    maxMs: 45_000,
  },
  {
    id: 'api-500',
    telling: 'required',
    nodes: HOST,
    names: /HTTP 500/,
    besides: null,
    toldWithinMs: 20_000,
    minMs: 60_000,
    maxMs: 85_000,
  },
  {
    id: 'api-garbage',
    telling: 'required',
    nodes: HOST_ANSWERS,
    names: /cut off or garbled/,
    besides: null,
    toldWithinMs: 30_000,
    minMs: 60_000,
    maxMs: 85_000,
  },
  {
    id: 'api-hang',
    telling: 'required',
    nodes: HOST,
    names: /did not answer|within \d+ s|no answer/,
    besides: null,
    toldWithinMs: 30_000,
    minMs: 75_000,
    maxMs: 100_000,
  },
  {
    id: 'api-429',
    telling: 'required',
    nodes: /^host\/.+#(?:quota|access)$/,
    names: /throttle|fewer calls/,
    besides: null,
    // A minute of it is no news.
    toldWithinMs: 65_000,
    minMs: 95_000,
    maxMs: 115_000,
  },
  {
    id: 'kill',
    telling: 'silent',
    nodes: null,
    names: null,
    besides: null,
    toldWithinMs: 0,
    minMs: 1_000,
    maxMs: 10_000,
  },
  {
    id: 'sleep',
    telling: 'silent',
    nodes: null,
    names: null,
    besides: null,
    toldWithinMs: 0,
    minMs: 10_000,
    maxMs: 60_000,
  },
  {
    id: 'disk-full',
    telling: 'required',
    nodes: /^(?:disk|database\/(?:market|monitor)#access)$/,
    names: /disk.* full|no space left|only in memory/i,
    besides: /^database\/\w+#(?:log|backup)$/,
    toldWithinMs: 20_000,
    minMs: 20_000,
    maxMs: 40_000,
  },
] as const satisfies readonly FaultKind[];
export type FaultId = (typeof FAULT_KINDS)[number]['id'];

export function faultKind(id: FaultId): FaultKind {
  const kind = FAULT_KINDS.find((each) => each.id === id);
  if (!kind) throw new Error(`there is no fault "${id}"`);
  return kind;
}

export interface PlannedFault {
  readonly id: FaultId;
  /** After the one before it is over. */
  readonly pauseMs: number;
  readonly lastsMs: number;
  /** Meanwhile another program locks the database, so long after this one began; null when nobody does. */
  readonly lock: { readonly afterMs: number; readonly lastsMs: number } | null;
}

/** Not before the recovery of the one before has been noticed, as it is promised to be. */
const MIN_PAUSE_MS = 45_000;
const MAX_PAUSE_MS = 75_000;
/** After the fault of the API has been told: what is not known yet would be taken for what follows from the lock. */
const MIN_LOCK_AFTER_MS = 2_000;
const MAX_LOCK_AFTER_MS = 6_000;
const MIN_LOCK_MS = 18_000;
const MAX_LOCK_MS = 22_000;

/** Faults without end, each kind once before any comes again. @param without kinds that cannot be made on this machine */
export function* plannedFaults(seed: number, without: readonly FaultId[]): Generator<PlannedFault, never> {
  const random = new Random(seed);
  const kinds = FAULT_KINDS.filter(({ id }) => !without.includes(id));
  // One of two API faults is met with a lock, beginning with the first or the second.
  let isLocked = random.unit() < 0.5;
  for (;;) {
    for (const { id, minMs, maxMs, toldWithinMs } of shuffled(kinds, random)) {
      const isOfApi = id.startsWith('api-');
      if (isOfApi) isLocked = !isLocked;
      yield {
        id,
        pauseMs: Math.round(random.between(MIN_PAUSE_MS, MAX_PAUSE_MS)),
        lastsMs: Math.round(random.between(minMs, maxMs)),
        lock: isOfApi && isLocked ? lockWithin(random, toldWithinMs) : null,
      };
    }
  }
}

function lockWithin(random: Random, toldWithinMs: number): PlannedFault['lock'] {
  return {
    afterMs: toldWithinMs + Math.round(random.between(MIN_LOCK_AFTER_MS, MAX_LOCK_AFTER_MS)),
    lastsMs: Math.round(random.between(MIN_LOCK_MS, MAX_LOCK_MS)),
  };
}

function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  return items
    .map((item) => ({ item, place: random.unit() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
