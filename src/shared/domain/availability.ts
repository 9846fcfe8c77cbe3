// How much of the time things worked: four figures that mean different things, each with the share of the time that it speaks for.
import type { CollectorId } from './collector';
import type { DatabaseName } from './database';

export interface AvailabilityFigure {
  /** 0 to 1; null when nothing was observed. */
  readonly share: number | null;
  /** Share of the time, or of the slots, that was observed: an availability of an hour is not that of a month. */
  readonly coverage: number;
}

/** What the slots of a collector in a stretch of time amount to. */
export interface SlotTally {
  /** Expected slots that worked, that did not, and that do not count: paused, asleep, called off. */
  readonly good: number;
  readonly bad: number;
  readonly excused: number;
  readonly upMs: number;
  readonly downMs: number;
}

/** What may go wrong within an objective, and what did. */
export interface ErrorBudget {
  /** The objective: 0.95 promises that 95 % works. */
  readonly objective: number;
  /** Share of the budget that is used up; above 1 the objective was missed. Null when nothing was observed. */
  readonly used: number | null;
}

/** How fast the budget is used up: 1 uses it up exactly in the time of the objective. */
export interface BurnRate {
  readonly windowMs: number;
  readonly shortWindowMs: number;
  /** In the window, and in the short one, which tells whether it still goes on. Null when nothing was observed. */
  readonly rate: number | null;
  readonly shortRate: number | null;
  /** From which rate on, in both windows, something must be done. */
  readonly limit: number;
  readonly isBurning: boolean;
}

export interface Objective {
  readonly budget: ErrorBudget;
  readonly burnRates: readonly BurnRate[];
}

export interface CollectorAvailability extends Objective {
  readonly collectorId: CollectorId;
  /** Time from a run that worked to one that did not; time in which nobody ran it is not observed. */
  readonly time: AvailabilityFigure;
  /** Runs that worked and began in time, of those that were expected. */
  readonly runs: AvailabilityFigure;
  /** Time in which the data was as fresh as promised. */
  readonly data: AvailabilityFigure;
}

export interface DatabaseAvailability extends Objective {
  readonly database: DatabaseName;
  /** Time in which it took rows. */
  readonly time: AvailabilityFigure;
}

export interface AvailabilityReport {
  readonly fromMs: number;
  readonly toMs: number;
  readonly collectors: readonly CollectorAvailability[];
  readonly databases: readonly DatabaseAvailability[];
}
