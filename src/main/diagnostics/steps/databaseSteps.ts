// Steps that look at one database: its state, how fast it answers, and a quick check on a fresh connection.
import type { DiagnosticFinding } from '../../../shared/domain/diagnostics';
import { formatDuration } from '../../../shared/util/format';
import type { Store } from '../../storage/store';
import { type DiagnosticStep, found } from '../step';

/** Leaves the rest of the step's time for the reads before it. */
const CHECK_CAP_MS = 6_000;
const STEP_CAP_MS = 9_000;
const SLOW_READ_MS = 500;

export const DATABASE_STEPS: readonly DiagnosticStep[] = [
  {
    id: 'market_database',
    capMs: STEP_CAP_MS,
    look: (subject, signal) =>
      lookAt(
        subject.market,
        () => subject.market.read('discovery.last', { networkId: 'none' }),
        signal,
        subject.monotonicMs,
      ),
  },
  {
    id: 'monitor_database',
    capMs: STEP_CAP_MS,
    look: (subject, signal) =>
      lookAt(
        subject.monitor,
        () => subject.monitor.read('events.recent', { collectorId: null, beforeMs: null, limit: 1 }),
        signal,
        subject.monotonicMs,
      ),
  },
];

async function lookAt(
  store: Store,
  readOne: () => Promise<unknown>,
  signal: AbortSignal,
  nowMs: () => number,
): Promise<DiagnosticFinding> {
  const { state, cause, schemaVersion, sizeBytes, walBytes, holder, lockedSinceMs } = store.status();
  const facts = { state, schemaVersion, sizeBytes, walBytes, lockHolder: holder?.program ?? null };
  if (state === 'failed' || state === 'read_only')
    return found('problem', cause ?? 'It cannot be used.', facts, 'The Database page offers the way back to a backup.');
  const beganMs = nowMs();
  await readOne();
  const readMs = Math.round(nowMs() - beganMs);
  const checked = await quickCheck(store, signal);
  const measured = { ...facts, readMs, checked: checked.word };
  if (checked.damage !== null)
    return found(
      'problem',
      checked.damage,
      measured,
      'Poolwatch repairs it by itself; the Database page shows how far it is.',
    );
  if (lockedSinceMs !== null || state !== 'ok') {
    const who = holder ? `${holder.program ?? 'A program'} (process ${holder.pid}) holds the write lock.` : cause;
    return found(
      'notice',
      who ?? 'It is slow or recovering.',
      measured,
      'Rows are kept safely in the spool meanwhile.',
    );
  }
  if (readMs > SLOW_READ_MS)
    return found('notice', `A read took ${formatDuration(readMs)}.`, measured, 'Look what else uses this disk.');
  const depth = checked.word === 'whole' ? 'a quick check found no damage' : checked.sentence;
  return found('ok', `It answers within ${formatDuration(readMs)}; ${depth}.`, measured);
}

interface Checked {
  readonly word: 'whole' | 'cut_short' | 'not_done';
  readonly sentence: string;
  readonly damage: string | null;
}

/** A large file takes longer than a diagnosis may: then only that is said. */
async function quickCheck(store: Store, signal: AbortSignal): Promise<Checked> {
  const timed = AbortSignal.any([signal, AbortSignal.timeout(CHECK_CAP_MS)]);
  try {
    const { outcome, detail } = await store.check(false, { signal: timed, onProgress: () => undefined });
    return { word: 'whole', sentence: '', damage: outcome === 'failed' ? detail : null };
  } catch (error) {
    if (timed.aborted)
      return { word: 'cut_short', sentence: 'a check of a file of this size takes longer', damage: null };
    const why = error instanceof Error ? error.message : String(error);
    return { word: 'not_done', sentence: `it was not checked: ${why}`, damage: null };
  }
}
