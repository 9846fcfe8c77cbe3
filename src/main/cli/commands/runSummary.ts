// Adds slots up. Pure.
import { type CollectorId, SLOT_OUTCOMES, type SlotOutcome } from '../../../shared/domain/collector';
import { formatQuantity } from '../../../shared/util/format';
import type { SlotEvent } from '../../engine/engineOptions';

export interface RunSummary {
  readonly slots: number;
  readonly runs: number;
  readonly outcomes: Readonly<Record<SlotOutcome, number>>;
  readonly rows: {
    readonly fetched: number;
    readonly new: number;
    readonly changed: number;
    readonly unchanged: number;
    readonly rejected: number;
  };
  readonly calls: number;
  readonly throttles: number;
  readonly errorsByClass: Readonly<Record<string, number>>;
  /** Collectors whose latest run failed, and was not made good by another. */
  readonly failing: readonly CollectorId[];
}

export function emptySummary(): RunSummary {
  return {
    slots: 0,
    runs: 0,
    outcomes: Object.fromEntries(SLOT_OUTCOMES.map((outcome) => [outcome, 0])) as Record<SlotOutcome, number>,
    rows: { fetched: 0, new: 0, changed: 0, unchanged: 0, rejected: 0 },
    calls: 0,
    throttles: 0,
    errorsByClass: {},
    failing: [],
  };
}

export function summarise(summary: RunSummary, { collectorId, outcome, run }: SlotEvent): RunSummary {
  const counted: RunSummary = {
    ...summary,
    slots: summary.slots + 1,
    outcomes: { ...summary.outcomes, [outcome]: summary.outcomes[outcome] + 1 },
  };
  if (!run) return counted;
  const { rows } = summary;
  const others = summary.failing.filter((id) => id !== collectorId);
  const { error } = run;
  return {
    ...counted,
    runs: summary.runs + 1,
    rows: {
      fetched: rows.fetched + run.fetched,
      new: rows.new + run.inserted,
      changed: rows.changed + run.changed,
      unchanged: rows.unchanged + run.unchanged,
      rejected: rows.rejected + run.rejected.reduce((sum, { count }) => sum + count, 0),
    },
    calls: summary.calls + run.calls,
    throttles: summary.throttles + run.throttles,
    errorsByClass: error
      ? { ...summary.errorsByClass, [error.class]: (summary.errorsByClass[error.class] ?? 0) + 1 }
      : summary.errorsByClass,
    failing: outcome === 'cancelled' ? summary.failing : outcome === 'failed' ? [...others, collectorId] : others,
  };
}

/** At least one run succeeded, and none failed for good. */
export function hasSucceeded({ outcomes, failing }: RunSummary): boolean {
  return outcomes.ok + outcomes.partial + outcomes.late > 0 && failing.length === 0;
}

/** One sentence for people. */
export function summaryWords({ slots, runs, outcomes, rows, calls, throttles }: RunSummary): string {
  const happened = SLOT_OUTCOMES.filter((outcome) => outcomes[outcome] > 0).map(
    (outcome) => `${outcomes[outcome]} ${outcome.replaceAll('_', ' ')}`,
  );
  const slotWords = `${formatQuantity(runs, 'run')} in ${formatQuantity(slots, 'slot')} (${happened.join(', ') || 'none was due'})`;
  const rowWords = `${rows.new} rows new, ${rows.changed} changed, ${rows.unchanged} unchanged, ${rows.rejected} rejected`;
  return `${slotWords}; ${rowWords}; ${formatQuantity(calls, 'call')}, ${throttles} throttled.`;
}
