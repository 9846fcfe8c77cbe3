// Questions about a stretch of time: what every collector did and what they share, and the history of one collector or database.
import type { TimelineArgs } from '../../../shared/contract/timeline';
import type { Incident } from '../../../shared/domain/alerts';
import type { CollectorId } from '../../../shared/domain/collector';
import type { CollectorEvent } from '../../../shared/domain/collectorEvent';
import type { CollectorHistory, Timeline } from '../../../shared/domain/timeline';
import { foldSlots } from '../../monitoring/series/foldSlots';
import { withoutAbsence } from '../../monitoring/series/foldRuns';
import { type Columns, columnsOf } from '../../monitoring/timeline/columns';
import { breakerStates, lanesOf } from '../../monitoring/timeline/lanes';
import { clipped, type Presence, presenceOf, SILENCE_MS } from '../../monitoring/timeline/presence';
import type { Store } from '../../storage/store';
import type { QueryHandlers } from '../application';
import type { Engine } from '../engine';
import { type HandlerContext, reading } from './context';

const MOST_EVENTS = 5_000;
const MOST_INCIDENTS = 500;
/** What a person reads of the events of one collector. */
const EVENTS_SHOWN = 50;

type TimelineQuery = 'timeline.get' | 'collector.history' | 'storage.history';

export function timelineQueries(context: HandlerContext): Pick<QueryHandlers, TimelineQuery> {
  return {
    'timeline.get': (args) => reading(context, (engine) => timeline(engine, args)),
    'collector.history': ({ collectorId, ...args }) =>
      reading(context, (engine) => history(engine, collectorId, columnsOf(args))),
    'storage.history': ({ database, ...args }) =>
      reading(context, async ({ monitor }) => {
        const columns = columnsOf(args);
        const samples = await monitor.read('storage.folded', { database, ...columns });
        return { fromMs: columns.fromMs, toMs: columns.toMs, samples };
      }),
  };
}

async function timeline(engine: Engine, args: TimelineArgs): Promise<Timeline> {
  const { monitor, market, scheduler } = engine;
  const columns = columnsOf(args);
  const slices = scheduler.slices();
  const [events, grouped, incidents, databases] = await Promise.all([
    eventsOf(monitor, columns),
    monitor.read('slots.grouped', { ...columns, collectorIds: slices.map(({ id }) => id) }),
    incidentsOf(engine, columns),
    Promise.all(
      [market, monitor].map(async (store) => {
        const status = store.status();
        const samples = await monitor.read('storage.folded', { ...columns, database: status.name });
        return { status, samples, operations: store.operations() };
      }),
    ),
  ]);
  const all = [...events.before, ...events.within];
  const presence = await presenceIn(monitor, columns, all);
  const titles = new Map(slices.map(({ id, title }) => [id, title]));
  const { fromMs, toMs } = columns;
  return {
    fromMs,
    toMs,
    lanes: lanesOf({ fromMs, toMs, incidents, events: all, presence, databases, titles }),
    collectors: grouped.map(({ collectorId, groups }) => ({
      collectorId,
      segments: foldSlots(groups, { ...columns, intervalMs: scheduler.slice(collectorId)?.intervalMs ?? 0 }),
    })),
  };
}

async function history(
  { monitor, scheduler, hosts }: Engine,
  collectorId: CollectorId,
  columns: Columns,
): Promise<CollectorHistory> {
  const { fromMs, toMs } = columns;
  const [events, [slots], runs, errors] = await Promise.all([
    eventsOf(monitor, columns),
    monitor.read('slots.grouped', { ...columns, collectorIds: [collectorId] }),
    monitor.read('runs.folded', { ...columns, collectorId }),
    monitor.read('runs.errors', { fromMs, toMs, collectorId }),
  ]);
  const all = [...events.before, ...events.within];
  const { absences } = await presenceIn(monitor, columns, all);
  const host = hosts()[0]?.host ?? null;
  return {
    fromMs,
    toMs,
    segments: foldSlots(slots?.groups ?? [], { ...columns, intervalMs: scheduler.slice(collectorId)?.intervalMs ?? 0 }),
    buckets: runs.buckets,
    ages: withoutAbsence(runs.ages, absences),
    errors,
    breaker: host === null ? [] : breakerStates(all, host, toMs).flatMap((span) => clipped(span, columns)),
    events: events.within
      .filter((event) => event.collectorId === collectorId || (host !== null && event.host === host))
      .slice(-EVENTS_SHOWN)
      .reverse(),
  };
}

interface Events {
  readonly before: readonly CollectorEvent[];
  readonly within: readonly CollectorEvent[];
}

async function eventsOf(monitor: Store, { fromMs, toMs }: Columns): Promise<Events> {
  const { before, within } = await monitor.read('events.between', { fromMs, toMs, limit: MOST_EVENTS });
  return { before: before.toSorted((a, b) => a.atMs - b.atMs), within };
}

async function presenceIn(monitor: Store, columns: Columns, events: readonly CollectorEvent[]): Promise<Presence> {
  const { fromMs, toMs } = columns;
  const unwatched = await monitor.read('storage.unwatched', { fromMs, toMs, longerThanMs: SILENCE_MS });
  return presenceOf({ fromMs, toMs, events, ...unwatched });
}

/** Those that were open in that time; what is open is told also where very many are over. */
async function incidentsOf({ alerts }: Engine, { fromMs, toMs }: Columns): Promise<readonly Incident[]> {
  const [all, open] = await Promise.all(
    (['all', 'open'] as const).map((state) => alerts.incidents({ state, beforeMs: toMs, limit: MOST_INCIDENTS })),
  );
  const known = new Map([...(all ?? []), ...(open ?? [])].map((incident) => [incident.id, incident]));
  return [...known.values()].filter(({ resolvedAtMs }) => resolvedAtMs === null || resolvedAtMs > fromMs);
}
