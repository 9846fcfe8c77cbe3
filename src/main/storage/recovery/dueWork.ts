// When the database is due for a check, a backup, or the deletion of old rows. Pure.

const HOUR_MS = 60 * 60_000;
const BACKUP_EVERY_MS = 24 * HOUR_MS;
const CHECK_EVERY_MS = 24 * HOUR_MS;
const THOROUGH_CHECK_EVERY_MS = 7 * 24 * HOUR_MS;
/** Nothing to lose yet, and the first minutes of a program are its busiest. */
const FIRST_BACKUP_AFTER_MS = 10 * 60_000;
const FIRST_THOROUGH_CHECK_AFTER_MS = HOUR_MS;

const RETENTION_EVERY_MS = 24 * HOUR_MS;
const FIRST_RETENTION_AFTER_MS = 30 * 60_000;

export type BackgroundWork = 'check' | 'thorough_check' | 'backup' | 'retention';

export interface WorkHistory {
  readonly startedAtMs: number;
  /** Null: never, as far as anybody remembers. A check counts only in the present run: what happened in between is unknown. */
  readonly checkedAtMs: number | null;
  readonly thoroughlyCheckedAtMs: number | null;
  readonly backedUpAtMs: number | null;
  /** In the present run. */
  readonly retainedAtMs: number | null;
}

/** One thing at a time; a check comes before the backup that would copy the damage. */
export function dueWork(history: WorkHistory, nowMs: number): BackgroundWork | null {
  const { startedAtMs, checkedAtMs, thoroughlyCheckedAtMs, backedUpAtMs, retainedAtMs } = history;
  if (checkedAtMs === null || nowMs - checkedAtMs >= CHECK_EVERY_MS) return 'check';
  if (nowMs - (backedUpAtMs ?? startedAtMs - BACKUP_EVERY_MS + FIRST_BACKUP_AFTER_MS) >= BACKUP_EVERY_MS)
    return 'backup';
  const thorough = thoroughlyCheckedAtMs ?? startedAtMs - THOROUGH_CHECK_EVERY_MS + FIRST_THOROUGH_CHECK_AFTER_MS;
  if (nowMs - thorough >= THOROUGH_CHECK_EVERY_MS) return 'thorough_check';
  const retained = retainedAtMs ?? startedAtMs - RETENTION_EVERY_MS + FIRST_RETENTION_AFTER_MS;
  return nowMs - retained >= RETENTION_EVERY_MS ? 'retention' : null;
}
