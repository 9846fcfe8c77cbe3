// Looks after a database file in the background: checks it, backs it up, deletes what is too old, and writes down what was done.
// Long work runs in threads of its own; must not touch the file while a connection of ours is writing it.
import { dirname, join } from 'node:path';
import type { OperationKind, OperationRecord } from '../../../shared/domain/database';
import type { LongOperationKind, LongWork } from '../../../shared/domain/operation';
import type { TimerHandle } from '../../../shared/util/clock';
import { classifyCode } from '../common/errorClass';
import { OperationsLog } from '../operationsLog';
import { StorageError, type StoreOptions } from '../store';
import { Backups } from './backups';
import { type BackgroundWork, dueWork } from './dueWork';
import { inMegabytes } from './freeRoom';
import { cancelled, QUIET_WORK, runJob } from './jobThread';
import { isMissingOrEmpty } from './ladder';

const FIRST_LOOK_AFTER_MS = 5_000;
const LOOK_EVERY_MS = 60_000;

export interface KeeperHooks {
  /** A check has found damage. */
  onDamage(problem: string): void;
  /** True while nothing is wrong and nothing is queued. */
  isIdle(): boolean;
  /** Deletes what is older than the settings want; null when they want everything kept. */
  applyRetention(work: LongWork): Promise<OperationRecord> | null;
}

type Extras = Partial<Pick<OperationRecord, 'holder' | 'report'>>;
type Told = string | { readonly detail: string; readonly report: OperationRecord['report'] };

const SHOWN: Readonly<Record<BackgroundWork, { readonly kind: LongOperationKind; readonly title: string }>> = {
  check: { kind: 'check', title: 'Daily check' },
  thorough_check: { kind: 'check', title: 'Weekly thorough check' },
  backup: { kind: 'backup', title: 'Daily backup' },
  retention: { kind: 'retention', title: 'Deletion of old rows' },
};

export class Keeper {
  readonly log: OperationsLog;
  /** When the newest backup was begun; null when there is none, or before the first look. */
  newestBackupAtMs: number | null = null;
  readonly backups: Backups;
  readonly #options: StoreOptions;
  readonly #hooks: KeeperHooks;
  readonly #startedAtMs: number;
  readonly #ending = new AbortController();
  #checkedAtMs: number | null = null;
  #thoroughlyCheckedAtMs: number | null = null;
  #retainedAtMs: number | null = null;
  #timer: TimerHandle | null = null;
  readonly #working = new Map<Promise<unknown>, { readonly kind: OperationKind; readonly alone: boolean }>();

  constructor(options: StoreOptions, hooks: KeeperHooks) {
    this.#options = options;
    this.#hooks = hooks;
    this.backups = new Backups(options);
    this.#startedAtMs = options.clock.wallMs();
    this.log = new OperationsLog(join(dirname(options.file), `${options.name}-operations.jsonl`));
  }

  /** An empty file opens as a valid database without tables: where there was one before, that is a loss, not a beginning. */
  async isDatabaseLost(): Promise<boolean> {
    return (await isMissingOrEmpty(this.#options.file)) && (await this.backups.list()).length > 0;
  }

  /** From now on, looks after the file by itself. */
  begin(): void {
    this.#timer ??= this.#options.clock.after(FIRST_LOOK_AFTER_MS, () => void this.#look());
  }

  /** Calls off what is in hand; it leaves nothing half done. */
  stop(): void {
    this.#ending.abort(new StorageError('CANCELLED', 'Poolwatch is stopping'));
    this.#timer?.cancel();
  }

  /** Resolves when what was in hand has ended and everything is written down. */
  async ended(): Promise<void> {
    await Promise.allSettled(this.#working.keys());
    await this.log.flushed();
  }

  backup(work: LongWork): Promise<OperationRecord> {
    return this.operate('backup', work, async (watched) => {
      const { path, bytes, atMs } = await this.backups.create(watched);
      this.newestBackupAtMs = atMs;
      await this.backups.thinOut();
      return `A verified backup of ${inMegabytes(bytes)} was made: ${path}.`;
    });
  }

  verify(name: string, work: LongWork): Promise<OperationRecord> {
    return this.operate('verify', work, async (watched) => {
      const backup = await this.backups.find(name);
      await this.backups.verify(backup, watched);
      return `The backup ${name} is intact: every page was read and its SHA-256 is what it was.`;
    });
  }

  check(thorough: boolean, work: LongWork): Promise<OperationRecord> {
    return this.operate('check', work, async (watched) => {
      try {
        const problems = await runJob(this.#options, { type: 'check', thorough }, watched);
        if (problems.length > 0) throw new StorageError('SQLITE_CORRUPT', problems.join('; '));
      } catch (error) {
        const { code, message } = error as StorageError;
        if (classifyCode(code) === 'corrupt') this.#hooks.onDamage(message);
        throw error;
      }
      this.#checkedAtMs = this.#options.clock.wallMs();
      if (thorough) this.#thoroughlyCheckedAtMs = this.#checkedAtMs;
      return `No damage was found${thorough ? '; the indexes agree with their tables' : ''}.`;
    });
  }

  note(
    kind: OperationKind,
    outcome: OperationRecord['outcome'],
    detail: string,
    durationMs: number | null,
    { holder = null, report = null }: Extras = {},
  ): OperationRecord {
    const record = { atMs: this.#options.clock.wallMs(), kind, outcome, durationMs, detail, holder, report };
    this.log.add(record);
    return record;
  }

  /** Does something that gets a line in the log, however it ends. `alone`: nothing else may be at work on the file. */
  operate(
    kind: OperationKind,
    work: LongWork,
    action: (work: LongWork) => Promise<Told>,
    alone = false,
  ): Promise<OperationRecord> {
    const inTheWay = this.#inTheWay(kind, alone);
    if (inTheWay) {
      return Promise.reject(new StorageError('BUSY', `wait until what is at work now has ended: ${inTheWay}`));
    }
    const { clock } = this.#options;
    const startedAtMs = clock.monotonicMs();
    const signal = AbortSignal.any([work.signal, this.#ending.signal]);
    const recorded = (
      signal.aborted
        ? Promise.reject(cancelled())
        : action({ signal, onProgress: (progress) => work.onProgress(progress) })
    ).then(
      (told) => {
        this.#working.delete(recorded);
        const { detail, report } = typeof told === 'string' ? { detail: told, report: null } : told;
        return this.note(kind, 'ok', detail, clock.monotonicMs() - startedAtMs, { report });
      },
      (error: Error) => {
        this.#working.delete(recorded);
        const outcome = signal.aborted || (error as StorageError).code === 'CANCELLED' ? 'cancelled' : 'failed';
        const detail = outcome === 'cancelled' ? 'Called off; nothing was left behind.' : error.message;
        this.note(kind, outcome, detail, clock.monotonicMs() - startedAtMs);
        throw error;
      },
    );
    this.#working.set(recorded, { kind, alone });
    return recorded;
  }

  /** Two backups at a time: each would take the other's half-made copy for one that a killed program left. */
  #inTheWay(kind: OperationKind, alone: boolean): OperationKind | null {
    const isInTheWay = (other: { readonly kind: OperationKind; readonly alone: boolean }): boolean =>
      alone || other.alone || (kind === 'backup' && other.kind === 'backup');
    return [...this.#working.values()].find(isInTheWay)?.kind ?? null;
  }

  async #look(): Promise<void> {
    const work = this.#hooks.isIdle() ? await this.#due() : null;
    // What went wrong is in the log.
    if (work !== null && !this.#ending.signal.aborted) await this.#show(work).catch(() => {});
    if (!this.#ending.signal.aborted) {
      this.#timer = this.#options.clock.after(LOOK_EVERY_MS, () => void this.#look());
    }
  }

  async #due(): Promise<BackgroundWork | null> {
    const [newest] = await this.backups.list();
    this.newestBackupAtMs = newest?.atMs ?? null;
    const history = {
      startedAtMs: this.#startedAtMs,
      checkedAtMs: this.#checkedAtMs,
      thoroughlyCheckedAtMs: this.#thoroughlyCheckedAtMs,
      backedUpAtMs: newest?.atMs ?? null,
      retainedAtMs: this.#retainedAtMs,
    };
    return dueWork(history, this.#options.clock.wallMs());
  }

  async #show(due: BackgroundWork): Promise<void> {
    const { kind, title } = SHOWN[due];
    const run = async (work: LongWork): Promise<string> => (await this.#doDue(due, work))?.detail ?? '';
    if (this.#options.showWork) await this.#options.showWork(kind, this.#options.name, title, run);
    else await run(QUIET_WORK);
  }

  async #doDue(due: BackgroundWork, work: LongWork): Promise<OperationRecord | null> {
    switch (due) {
      case 'backup':
        return await this.backup(work);
      case 'check':
      case 'thorough_check':
        return await this.check(due === 'thorough_check', work);
      case 'retention':
        this.#retainedAtMs = this.#options.clock.wallMs();
        return await this.#hooks.applyRetention(work);
    }
  }
}
