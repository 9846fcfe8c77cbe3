// One slot as one line for a terminal.
import type { SlotEvent } from '../scheduling/scheduler';

export function slotLine({ collectorId, slotAtMs, outcome, run }: SlotEvent): string {
  const time = new Date(slotAtMs).toISOString().slice(11, 19);
  const head = `${time}  ${collectorId.padEnd(10)} ${outcome.padEnd(16)}`;
  if (!run) return head.trimEnd();
  const rejected = run.rejected.reduce((sum, { count }) => sum + count, 0);
  const rows = `${run.inserted} new, ${run.changed} changed, ${run.unchanged} unchanged, ${rejected} rejected`;
  const cost = `${run.calls} calls in ${(run.durationMs / 1_000).toFixed(1)} s`;
  return `${head} ${rows}; ${cost}${run.error ? `; ${run.error.message}` : ''}`;
}
