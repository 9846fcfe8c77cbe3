// What the scheduler tells, as rows of monitor.db. A record that cannot be kept is a warning, never a failed run.
import { randomUUID } from 'node:crypto';
import { packRows } from '../../shared/contract/tables';
import type { RunReport } from '../../shared/domain/collector';
import type { CollectorEvent } from '../../shared/domain/collectorEvent';
import type { SlotEvent } from '../scheduling/scheduler';
import type { Store } from '../storage/store';

type OnError = (error: unknown) => void;

/** A slot and the run it led to, in one batch. */
export function recordSlot(monitor: Store, slot: SlotEvent, onError: OnError): void {
  const { run, streak, ...place } = slot;
  const slotPart = packRows('slots', [{ ...place, runId: run?.id ?? null }]);
  const id = run ? `run:${run.id}` : `slot:${slot.collectorId}:${slot.turn}:${slot.slotAtMs}:${slot.outcome}`;
  const parts = run ? [packRows('runs', [runRow(run, streak)]), slotPart] : [slotPart];
  monitor.write({ id, parts }).catch(onError);
}

export function recordEvent(monitor: Store, event: CollectorEvent, onError: OnError): void {
  const id = randomUUID();
  monitor.write({ id: `event:${id}`, parts: [packRows('collector_events', [{ id, ...event }])] }).catch(onError);
}

function runRow(run: RunReport, streak: number | null): Parameters<typeof packRows<'runs'>>[1][number] {
  const { rejected, error, quality: _quality, asked: _asked, ...same } = run;
  return {
    ...same,
    rejected: rejected.reduce((sum, { count }) => sum + count, 0),
    errorClass: error?.class ?? null,
    errorMessage: error?.message ?? null,
    streak,
    quality: toldBeside(run),
  };
}

/** What has no column: quality, how many were asked for, the reasons of rejected rows, and what the source answered instead of data. */
function toldBeside({ quality, rejected, error, asked }: RunReport): string | null {
  if (!quality && rejected.length === 0 && error?.excerpt === undefined && asked === undefined) return null;
  return JSON.stringify({ ...quality, rejected, asked, ...(error?.excerpt && { excerpt: error.excerpt }) });
}
