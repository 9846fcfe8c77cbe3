// What many collectors share, as lanes of states: incidents, the API hosts, both databases, and the program itself. A lane says "OK"
// only for time in which somebody was there to see it. Pure.
import type { StorageSpanRow } from '../../../shared/contract/timeline';
import type { Incident } from '../../../shared/domain/alerts';
import type { CollectorEvent } from '../../../shared/domain/collectorEvent';
import {
  DATABASE_NAMES,
  type DatabaseName,
  type DatabaseStatus,
  type OperationKind,
  type OperationRecord,
} from '../../../shared/domain/database';
import {
  type Lane,
  type LaneSpan,
  type LaneState,
  SEVERITY_STATES,
  type TimeSpan,
} from '../../../shared/domain/timeline';
import { formatBytes, formatDuration } from '../../../shared/util/format';
import { clipped, type Presence, SILENCE_MS, without } from './presence';

/** Waits that a person would notice. */
const LONG_WAIT_MS = 1_000;
const LARGE_LOG_BYTES = 64 * 1_024 * 1_024;
/** How long a sample of the storage layer speaks for. */
const SAMPLE_MS = 5_000;

export interface LaneFacts extends TimeSpan {
  readonly incidents: readonly Incident[];
  /** Oldest first, with the last of each kind and subject before the stretch. */
  readonly events: readonly CollectorEvent[];
  readonly presence: Presence;
  readonly databases: readonly {
    readonly status: Pick<DatabaseStatus, 'name' | 'lockedSinceMs' | 'holder'>;
    readonly samples: readonly StorageSpanRow[];
    readonly operations: readonly OperationRecord[];
  }[];
  /** Titles of all collectors, by id. */
  readonly titles: ReadonlyMap<string, string>;
}

export function lanesOf(facts: LaneFacts): readonly Lane[] {
  const { events, presence, databases } = facts;
  const quiet = (text: string): readonly LaneSpan[] =>
    presence.watched.map((span) => ({ ...span, state: 'ok', text, incidentId: null }));
  const lane = (id: Lane['id'], spans: readonly LaneSpan[]): Lane => ({
    id,
    spans: aboveOk(spans)
      .flatMap((span) => clipped(span, facts))
      .sort((a, b) => a.fromMs - b.fromMs),
  });
  const database = (name: DatabaseName): readonly LaneSpan[] => {
    const found = databases.find(({ status }) => status.name === name);
    return found ? [...sampledSpans(name, found.samples), ...operationSpans(found, facts.toMs)] : [];
  };
  return [
    lane('incidents', [...quiet('No incident.'), ...facts.incidents.map((each) => incidentSpan(each, facts.toMs))]),
    lane('api', [...quiet('The API was in reach.'), ...breakerSpans(events, facts.toMs)]),
    ...DATABASE_NAMES.map((name) => lane(name, database(name))),
    lane('app', [
      ...quiet('Poolwatch was running.'),
      ...presence.absences,
      ...pausedSpans(events, facts.titles, facts.toMs),
    ]),
  ];
}

/** "OK" only where nothing else is. */
function aboveOk(spans: readonly LaneSpan[]): readonly LaneSpan[] {
  const told = spans.filter(({ state }) => state !== 'ok');
  const quiet = spans.filter(({ state }) => state === 'ok');
  return [...told, ...quiet.flatMap((span) => without(span, told).map((rest) => ({ ...span, ...rest })))];
}

function incidentSpan({ id, severity, title, openedAtMs, resolvedAtMs }: Incident, nowMs: number): LaneSpan {
  const toMs = Math.max(resolvedAtMs ?? nowMs, openedAtMs + 1);
  return { fromMs: openedAtMs, toMs, state: SEVERITY_STATES[severity], text: title, incidentId: id };
}

/** Each time a host was out of reach, from the first failure to the first answer. */
function breakerSpans(events: readonly CollectorEvent[], nowMs: number): readonly LaneSpan[] {
  const opened = new Map<string, CollectorEvent>();
  const spans: LaneSpan[] = [];
  const end = ({ host, atMs }: Pick<CollectorEvent, 'host' | 'atMs'>): void => {
    const first = host === null ? undefined : opened.get(host);
    if (host === null || !first) return;
    spans.push({ fromMs: first.atMs, toMs: atMs, state: 'breaker_open', text: first.cause, incidentId: null });
    opened.delete(host);
  };
  for (const event of events) {
    if (event.host === null) continue;
    if (event.kind === 'breaker_closed') end(event);
    if (event.kind === 'breaker_open' || event.kind === 'breaker_half_open') {
      if (!opened.has(event.host)) opened.set(event.host, event);
    }
  }
  for (const host of [...opened.keys()]) end({ host, atMs: nowMs });
  return spans;
}

/** The states of one host's breaker, each for itself; closed is where there is none. */
export function breakerStates(events: readonly CollectorEvent[], host: string, nowMs: number): readonly LaneSpan[] {
  const turns = events.filter((event) => event.host === host && event.kind.startsWith('breaker_'));
  return turns.flatMap((event, index) => {
    if (event.kind === 'breaker_closed') return [];
    const state = event.kind === 'breaker_open' ? 'breaker_open' : 'half_open';
    const toMs = turns[index + 1]?.atMs ?? nowMs;
    return [{ fromMs: event.atMs, toMs, state, text: event.cause, incidentId: null } as const];
  });
}

function pausedSpans(
  events: readonly CollectorEvent[],
  titles: ReadonlyMap<string, string>,
  nowMs: number,
): readonly LaneSpan[] {
  const spans: LaneSpan[] = [];
  const paused = new Set<string>();
  let sinceMs = 0;
  const told = (untilMs: number): void => {
    if (paused.size === 0 || untilMs <= sinceMs) return;
    const names = [...paused].map((id) => titles.get(id) ?? id);
    const text = paused.size === titles.size ? 'Every collector was paused.' : `Paused: ${names.join(', ')}.`;
    spans.push({ fromMs: sinceMs, toMs: untilMs, state: 'paused', text, incidentId: null });
  };
  for (const { kind, collectorId, atMs } of events) {
    if (collectorId === null || (kind !== 'paused' && kind !== 'resumed')) continue;
    told(atMs);
    sinceMs = atMs;
    if (kind === 'paused') paused.add(collectorId);
    else paused.delete(collectorId);
  }
  told(nowMs);
  return spans;
}

interface Weighed extends TimeSpan {
  readonly state: LaneState;
  readonly waitMs: number;
  readonly logBytes: number;
}

/** Neighbours of one state are one span; a state that lasted for a part of a column is no longer than it was. */
function sampledSpans(name: DatabaseName, samples: readonly StorageSpanRow[]): readonly LaneSpan[] {
  const spans: Weighed[] = [];
  const add = (span: Weighed): void => {
    const index = spans.findLastIndex(({ state }) => state === span.state);
    const last = spans[index];
    if (last && span.fromMs - last.toMs <= SAMPLE_MS) {
      const waitMs = Math.max(last.waitMs, span.waitMs);
      const logBytes = Math.max(last.logBytes, span.logBytes);
      spans[index] = { ...last, toMs: span.toMs, waitMs, logBytes };
    } else spans.push(span);
  };
  for (const [index, sample] of samples.entries()) {
    const nextAtMs = samples[index + 1]?.atMs ?? Number.POSITIVE_INFINITY;
    const toMs = nextAtMs - sample.untilMs > SILENCE_MS ? sample.untilMs + SAMPLE_MS : nextAtMs;
    const figures = { waitMs: sample.lockWaitMaxMs, logBytes: sample.walBytes };
    const state = stateOf(sample);
    const { badFromMs, badUntilMs } = sample;
    if (badFromMs !== null && badUntilMs !== null && TOLD_STATES.has(state)) {
      add({ fromMs: badFromMs, toMs: Math.min(toMs, badUntilMs + SAMPLE_MS), state, ...figures });
      add({ fromMs: sample.atMs, toMs, state: 'ok', ...figures });
    } else add({ fromMs: sample.atMs, toMs, state, ...figures });
  }
  return spans.map(({ fromMs, toMs, state, waitMs, logBytes }) => {
    const figures = `longest wait for the lock ${formatDuration(waitMs)}, log ${formatBytes(logBytes)}`;
    return { fromMs, toMs, state, text: `${name}.db ${WORDS[state] ?? 'took rows'}; ${figures}.`, incidentId: null };
  });
}

/** What the state of the store says, not a figure. */
const TOLD_STATES: ReadonlySet<LaneState> = new Set(['down', 'spooling', 'warning']);

const WORDS: Readonly<Partial<Record<LaneState, string>>> = {
  down: 'could not take rows',
  spooling: 'took no rows: they went to the spool',
  warning: 'was degraded',
  lock_wait: 'kept writes waiting',
  large_log: 'had a large write-ahead log',
};

function stateOf({ states, lockWaitMaxMs, walBytes }: StorageSpanRow): LaneState {
  const occurred = states.split(',');
  const isOneOf = (...wanted: readonly string[]): boolean => wanted.some((state) => occurred.includes(state));
  if (isOneOf('failed', 'read_only')) return 'down';
  if (isOneOf('spooling', 'recovering')) return 'spooling';
  if (isOneOf('degraded')) return 'warning';
  if (lockWaitMaxMs >= LONG_WAIT_MS) return 'lock_wait';
  return walBytes >= LARGE_LOG_BYTES ? 'large_log' : 'ok';
}

const OPERATION_STATES: Readonly<Partial<Record<OperationKind, LaneState>>> = {
  lock: 'locked',
  breaker: 'spooling',
  reader: 'large_log',
};

/** What the log of operations tells, and a lock that still lasts. */
function operationSpans({ status, operations }: LaneFacts['databases'][number], nowMs: number): readonly LaneSpan[] {
  const past = operations.flatMap(({ kind, atMs, durationMs, detail }): readonly LaneSpan[] => {
    const state = OPERATION_STATES[kind];
    if (state === undefined || durationMs === null) return [];
    return [{ fromMs: atMs - durationMs, toMs: atMs, state, text: detail, incidentId: null }];
  });
  const { name, lockedSinceMs, holder } = status;
  if (lockedSinceMs === null) return past;
  const who = holder === null ? 'Another program' : `${holder.program ?? 'A program'} (process ${holder.pid})`;
  const text = `${who} holds the write lock of ${name}.db.`;
  return [...past, { fromMs: lockedSinceMs, toMs: nowMs, state: 'locked', text, incidentId: null }];
}
