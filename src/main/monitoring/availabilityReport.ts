// Puts the availability of every collector and database together from what the reader counted. Pure.
import type { MetricWindow } from '../../shared/contract/queries';
import type { ReadAnswer } from '../../shared/contract/reads';
import type { AvailabilityReport, CollectorAvailability, DatabaseAvailability } from '../../shared/domain/availability';
import { DATABASE_NAMES } from '../../shared/domain/database';
import type { MetricName } from '../../shared/domain/metrics';
import type { Figure } from '../../shared/domain/series';
import {
  BURN_RULES,
  COLLECTOR_OBJECTIVE,
  countOf,
  DATABASE_OBJECTIVE,
  objectiveOf,
  runsFigure,
  sampledFigure,
  timeFigure,
} from './series/availability';

export const AVAILABILITY_METRICS = [
  'collector.staleBy',
  'database.unavailableFor',
] as const satisfies readonly MetricName[];

type Window = Pick<MetricWindow, 'fromMs' | 'toMs'>;

/** The time that is asked about, then those that tell how fast its budget burns. */
export function availabilityWindows(whole: Window): readonly Window[] {
  return [whole, ...BURN_LENGTHS_MS.map((lengthMs) => ({ fromMs: whole.toMs - lengthMs, toMs: whole.toMs }))];
}

const BURN_LENGTHS_MS = BURN_RULES.flatMap(({ windowMs, shortWindowMs }) => [windowMs, shortWindowMs]);

/** @param tallies and `figures` of `availabilityWindows(whole)`, in their order */
export function availabilityReport(
  whole: Window,
  tallies: ReadAnswer<'slots.tally'>,
  figures: readonly ReadAnswer<'samples.figures'>[],
): AvailabilityReport {
  const figureOf = (window: number, metric: MetricName, id: string): Figure | null =>
    figures[window]?.find((each) => each.metric === metric && each.target.id === id)?.figure ?? null;
  const windowOf = (lengthMs: number): number => 1 + BURN_LENGTHS_MS.indexOf(lengthMs);

  const collectors = tallies.flatMap(({ collectorId, tallies: counted }): readonly CollectorAvailability[] => {
    const [tally] = counted;
    if (!tally || tally.good + tally.bad + tally.excused === 0) return [];
    return [
      {
        collectorId,
        time: timeFigure(tally, whole.toMs - whole.fromMs),
        runs: runsFigure(tally),
        data: sampledFigure(figureOf(0, 'collector.staleBy', collectorId)),
        ...objectiveOf(COLLECTOR_OBJECTIVE, tally, (lengthMs) => counted[windowOf(lengthMs)] ?? { good: 0, bad: 0 }),
      },
    ];
  });
  const databases = DATABASE_NAMES.map((database): DatabaseAvailability => {
    const figure = (window: number): Figure | null => figureOf(window, 'database.unavailableFor', database);
    return {
      database,
      time: sampledFigure(figure(0)),
      ...objectiveOf(DATABASE_OBJECTIVE, countOf(figure(0)), (lengthMs) => countOf(figure(windowOf(lengthMs)))),
    };
  });
  return { ...whole, collectors, databases };
}
