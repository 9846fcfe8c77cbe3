// Looks after a database file in the background: checks it, backs it up, replaces it when it is damaged, and writes down what
// was done. Long work runs in threads of its own; must not touch the file while a connection of ours is writing it.
import { dirname, join } from 'node:path';
import type { WriteAck, WriteBatch } from '../../../shared/contract/storage';
import type { OperationKind, OperationRecord } from '../../../shared/domain/database';
import type { TimerHandle } from '../../../shared/util/clock';
import { classifyCode } from '../common/errorClass';
import { OperationsLog } from '../operationsLog';
import { StorageError, type StoreOptions } from '../store';
import { Backups } from './backups';
import { dueWork } from './dueWork';
import { JobThread } from './jobThread';
import {
  isMissingOrEmpty,
  markSalvaged,
  quarantinedFile,
  replaceDamaged,
  salvageRows,
  unsalvagedFolders,
} from './ladder';

const FIRST_LOOK_AFTER_MS = 5_000;
const LOOK_EVERY_MS = 60_000;

export interface KeeperHooks {
  /** A check has found damage. */
  onDamage(problem: string): void;
  /** True while nothing is wrong and nothing is queued. */
  isIdle(): boolean;
  write(batch: WriteBatch): Promise<WriteAck>;
}

export class Keeper {
  readonly log: OperationsLog;
  readonly #options: StoreOptions;
  readonly #hooks: KeeperHooks;
  readonly #backups: Backups;
  readonly #startedAtMs: number;
  #checkedAtMs: number | null = null;
  #thoroughlyCheckedAtMs: number | null = null;
  #timer: TimerHandle | null = null;
  #working: Promise<unknown> = Promise.resolve();
  #salvaging: Promise<void> | null = null;
  #ended = false;

  constructor(options: StoreOptions, hooks: KeeperHooks) {
    this.#options = options;
    this.#hooks = hooks;
    this.#backups = new Backups(options);
    this.#startedAtMs = options.clock.wallMs();
    this.log = new OperationsLog(join(dirname(options.file), `${options.name}-operations.jsonl`));
  }

  /** An empty file opens as a valid database without tables: where there was one before, that is a loss, not a beginning. */
  async isDatabaseLost(): Promise<boolean> {
    return (await isMissingOrEmpty(this.#options.file)) && (await this.#backups.list()).length > 0;
  }

  /** From now on, looks after the file by itself. */
  begin(): void {
    this.#timer ??= this.#options.clock.after(FIRST_LOOK_AFTER_MS, () => void this.#look());
  }

  /** Lets the work in hand finish. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#timer?.cancel();
    await this.#working.catch(() => {});
    await this.log.flushed();
  }

  backup(): Promise<OperationRecord> {
    return this.#operate('backup', async () => {
      const { path, bytes } = await this.#backups.create();
      return `A verified backup of ${Math.ceil(bytes / 1024)} kB was made: ${path}.`;
    });
  }

  check(thorough: boolean): Promise<OperationRecord> {
    return this.#operate('check', async () => {
      const thread = new JobThread(this.#options);
      try {
        const problems = await thread.run<'check'>({ type: 'check', thorough });
        if (problems.length > 0) throw new StorageError('SQLITE_CORRUPT', problems.join('; '));
        this.#checkedAtMs = this.#options.clock.wallMs();
        if (thorough) this.#thoroughlyCheckedAtMs = this.#checkedAtMs;
        return 'No damage was found.';
      } catch (error) {
        const { code, message } = error as StorageError;
        if (classifyCode(code) === 'corrupt') this.#hooks.onDamage(message);
        throw error;
      } finally {
        thread.close();
      }
    });
  }

  /** No connection of ours may be open. */
  async replace(problem: string): Promise<void> {
    await this.#operate('recovery', async () => {
      const { quarantined, backup } = await replaceDamaged(this.#options);
      const from = backup ? `the backup of ${new Date(backup.atMs).toISOString()}` : 'an empty database';
      const where = quarantined ? `; the damaged one is kept in ${quarantined}` : '';
      return `The database was replaced by ${from} (${problem})${where}.`;
    });
  }

  /** Brings over what can still be read of damaged files, through the same upserts as everything else. */
  salvage(): Promise<void> {
    this.#salvaging ??= this.#salvageAll().finally(() => {
      this.#salvaging = null;
    });
    return this.#salvaging;
  }

  async #salvageAll(): Promise<void> {
    const { file } = this.#options;
    for (const folder of await unsalvagedFolders(file)) {
      await this.#operate('recovery', async () => {
        const damaged = quarantinedFile(folder, file);
        const { found, recovered } = await salvageRows(this.#options, damaged, (batch) => this.#hooks.write(batch));
        await markSalvaged(folder);
        return `${found} rows could be read from the damaged file; ${recovered} of them were missing and are back.`;
      }).catch(() => {});
    }
  }

  note(
    kind: OperationKind,
    outcome: OperationRecord['outcome'],
    detail: string,
    durationMs: number | null,
  ): OperationRecord {
    const record = { atMs: this.#options.clock.wallMs(), kind, outcome, durationMs, detail };
    this.log.add(record);
    return record;
  }

  async #look(): Promise<void> {
    if (this.#hooks.isIdle()) {
      const [newest] = await this.#backups.list();
      const history = {
        startedAtMs: this.#startedAtMs,
        checkedAtMs: this.#checkedAtMs,
        thoroughlyCheckedAtMs: this.#thoroughlyCheckedAtMs,
        backedUpAtMs: newest?.atMs ?? null,
      };
      const work = this.#ended ? null : dueWork(history, this.#options.clock.wallMs());
      // What went wrong is in the log.
      if (work === 'backup') await this.backup().catch(() => {});
      else if (work !== null) await this.check(work === 'thorough_check').catch(() => {});
    }
    if (!this.#ended) this.#timer = this.#options.clock.after(LOOK_EVERY_MS, () => void this.#look());
  }

  /** Does something that gets a line in the log, however it ends. */
  #operate(kind: OperationKind, action: () => Promise<string>): Promise<OperationRecord> {
    const { clock } = this.#options;
    const startedAtMs = clock.monotonicMs();
    const done = action().then(
      (detail) => this.note(kind, 'ok', detail, clock.monotonicMs() - startedAtMs),
      (error: Error) => {
        this.note(kind, 'failed', error.message, clock.monotonicMs() - startedAtMs);
        throw error;
      },
    );
    this.#working = done;
    return done;
  }
}
