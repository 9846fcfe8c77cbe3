// Moves the WAL into the database file between commits, never inside one: a PASSIVE checkpoint from another thread does not
// catch up with a busy writer, and an automatic one makes some commit pay for all.
import type { SqliteDatabase, SqliteStatement } from './driver';
import type { CheckpointFigures } from '../common/protocol';
import { nowMs } from '../common/stopwatch';

/** With an empty queue, at most this often. */
export const IDLE_CHECKPOINT_AFTER_MS = 500;
/** Beyond this many unmoved frames (16 MB of 4 KB pages) not even a full queue postpones it. */
const OVERDUE_FRAMES = 4_096;

interface CheckpointRow {
  readonly busy: number;
  readonly log: number;
  readonly checkpointed: number;
}

export class Checkpointer {
  readonly #look: SqliteStatement<CheckpointRow>;
  readonly #passive: SqliteStatement<CheckpointRow>;
  readonly #truncate: SqliteStatement<CheckpointRow>;
  #pinnedAtFrames = 0;

  constructor(db: SqliteDatabase) {
    this.#look = db.prepare('PRAGMA wal_checkpoint(NOOP)');
    this.#passive = db.prepare('PRAGMA wal_checkpoint(PASSIVE)');
    this.#truncate = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  /** True when there is something to move. */
  isDue(): boolean {
    return this.#unmovedFrames() > 0;
  }

  /** True when it should run although writes are waiting. A reader that pins the WAL raises the bar, or every commit would try again. */
  isOverdue(): boolean {
    return this.#unmovedFrames() > Math.max(OVERDUE_FRAMES, 2 * this.#pinnedAtFrames);
  }

  run(): CheckpointFigures {
    const figures = this.#run('passive', this.#passive);
    this.#pinnedAtFrames = Math.max(0, figures.log - figures.checkpointed);
    return figures;
  }

  /** Also empties the WAL file; for closing only, because it waits for nobody and fails under readers. */
  runFinal(): CheckpointFigures {
    return this.#run('truncate', this.#truncate);
  }

  /** Frames that the log holds, moved or not. */
  frames(): number {
    return this.#look.get()?.log ?? 0;
  }

  #unmovedFrames(): number {
    const row = this.#look.get();
    return row ? Math.max(0, row.log - row.checkpointed) : 0;
  }

  #run(mode: CheckpointFigures['mode'], statement: SqliteStatement<CheckpointRow>): CheckpointFigures {
    const startedAtMs = nowMs();
    const row = statement.get() ?? { busy: 0, log: 0, checkpointed: 0 };
    return {
      mode,
      busy: row.busy !== 0,
      log: row.log,
      checkpointed: row.checkpointed,
      durationMs: nowMs() - startedAtMs,
    };
  }
}
