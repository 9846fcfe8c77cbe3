// Long work that changes the database file itself: replacing, restoring, compacting, salvaging, emptying the log, deleting old
// rows. Owns the order of steps; the writer and the reader are stopped and started through hooks. Whatever fails, writes go on.
import { rm } from 'node:fs/promises';
import type { WriteAck, WriteBatch } from '../../../shared/contract/storage';
import type { OperationRecord, RestorePreview, TableChange } from '../../../shared/domain/database';
import type { LongWork } from '../../../shared/domain/operation';
import type { CheckpointFigures, RetentionFigures } from '../common/protocol';
import { StorageError, type StoreOptions } from '../store';
import type { WriterOrders } from '../writerOrders';
import { type Backup, withoutPath } from './backups';
import { copyBytes, inMegabytes, requireRoom } from './freeRoom';
import { watchGrowth } from './growth';
import { cancelled, JobThread, QUIET_WORK, runJob } from './jobThread';
import type { Keeper } from './keeper';
import { markSalvaged, type QuarantinedFolder, quarantinedFile, replaceFile, unsalvagedFolders } from './ladder';
import { retentionCuts } from './retentionCuts';
import { salvageRows, sumOf, writeReport } from './salvage';

export interface MaintenanceHooks {
  /**
   * Stops the writer; from then on writes go to the spool. Rejects with BUSY when the database is not in order now.
   * @param whenFailed also when it has failed, which is no hindrance to putting another file in its place
   */
  pauseWriter(cause: string, whenFailed: boolean): Promise<void>;
  /** Makes the reader let go of the file; reads wait. */
  holdReader(): Promise<void>;
  /** Starts the writer again and lets reads go on; the spool is brought home. */
  resume(): void;
  write(batch: WriteBatch): Promise<WriteAck>;
  spool(): { readonly batches: number; readonly replayed: number };
}

export class Maintenance {
  readonly #options: StoreOptions;
  readonly #keeper: Keeper;
  readonly #orders: WriterOrders;
  readonly #hooks: MaintenanceHooks;
  #salvaging: Promise<void> | null = null;
  #replayedBefore = 0;

  constructor(options: StoreOptions, keeper: Keeper, orders: WriterOrders, hooks: MaintenanceHooks) {
    this.#options = options;
    this.#keeper = keeper;
    this.#orders = orders;
    this.#hooks = hooks;
  }

  /** The file is damaged or lost. No connection of ours may be open. */
  async replace(problem: string): Promise<void> {
    await this.#keeper.operate('recovery', QUIET_WORK, async () => {
      const backup = await this.#keeper.backups.newestIntact();
      this.#replayedBefore = this.#hooks.spool().replayed;
      const quarantined = await replaceFile(this.#options, backup, problem, true);
      const from = backup ? `the backup of ${iso(backup.atMs)}` : 'an empty database';
      const where = quarantined ? `; the damaged one is kept in ${quarantined}` : '';
      return `The database was replaced by ${from} (${problem})${where}.`;
    });
  }

  /** Goes back to a backup. The present file is kept; with `bringNewer`, its newer rows are brought over afterwards. */
  restore(name: string, bringNewer: boolean, work: LongWork): Promise<OperationRecord> {
    return this.#keeper.operate(
      'restore',
      work,
      async (watched) => {
        const backup = await this.#keeper.backups.find(name);
        await this.#keeper.backups.verify(backup, watched);
        await requireRoom(this.#options.file, backup.bytes);
        const quarantined = await this.#withFileAtRest('A backup is being put in place', true, watched, async () => {
          await this.#hooks.holdReader();
          this.#replayedBefore = this.#hooks.spool().replayed;
          return await replaceFile(this.#options, backup, 'a backup was restored by hand', bringNewer);
        });
        const then = bringNewer ? 'its newer rows are being brought over' : 'its newer rows were left there';
        return `The backup of ${iso(backup.atMs)} is in place; the database it replaced is kept in ${quarantined ?? 'no folder: there was none'}, and ${then}.`;
      },
      true,
    );
  }

  async preview(name: string, work: LongWork): Promise<RestorePreview> {
    const backup = await this.#keeper.backups.find(name);
    const problem = await this.#keeper.backups.verify(backup, work).then(
      () => null,
      (error: Error) => error.message,
    );
    const changes = problem === null ? await this.#changesSince(backup, work) : null;
    return { backup: withoutPath(backup), problem, changes, spooledBatches: this.#hooks.spool().batches };
  }

  compact(work: LongWork): Promise<OperationRecord> {
    return this.#keeper.operate(
      'compact',
      work,
      async (watched) => {
        const { file } = this.#options;
        const target = `${file}.compacting`;
        await rm(target, { force: true });
        await requireRoom(file, await copyBytes(file));
        return await this.#withFileAtRest('The database is being compacted', false, watched, () =>
          this.#compact(target, watched),
        );
      },
      true,
    );
  }

  checkpoint(): Promise<OperationRecord> {
    return this.#keeper.operate('checkpoint', QUIET_WORK, async () => describeRuns(await this.#orders.checkpoint()));
  }

  /** Null when everything is kept. */
  applyRetention(work: LongWork): Promise<OperationRecord> | null {
    const { clock, name, retention } = this.#options;
    const cuts = retention ? retentionCuts(name, retention(), clock.wallMs()) : [];
    if (cuts.length === 0) return null;
    return this.#keeper.operate('retention', work, async (watched) => {
      const figures = await this.#orders.retain(cuts, watched);
      return describeRetention(figures);
    });
  }

  /** Brings over what replaced files hold that nobody has brought over yet, also those of an earlier run. */
  salvage(): Promise<void> {
    this.#salvaging ??= this.#salvageAll().finally(() => {
      this.#salvaging = null;
    });
    return this.#salvaging;
  }

  async #salvageAll(): Promise<void> {
    for (const found of await unsalvagedFolders(this.#options.file)) {
      const run = async (work: LongWork): Promise<string> => (await this.#salvageOne(found, work)).detail;
      const { name, showWork } = this.#options;
      const done = showWork ? showWork('salvage', name, 'Rows of the replaced file', run) : run(QUIET_WORK);
      // What went wrong is in the log; the next start tries again.
      await Promise.resolve(done).catch(() => {});
    }
  }

  #salvageOne({ folder, replacement }: QuarantinedFolder, work: LongWork): Promise<OperationRecord> {
    return this.#keeper.operate('recovery', work, async (watched) => {
      const replaced = quarantinedFile(folder, this.#options.file);
      const tables = await salvageRows(this.#options, replaced, (batch) => this.#hooks.write(batch), watched);
      const spoolReplayed = this.#hooks.spool().replayed - this.#replayedBefore;
      const report = { ...replacement, quarantine: folder, spoolReplayed, tables };
      await writeReport(report);
      await markSalvaged(folder);
      const found = sumOf(tables, 'walked') + sumOf(tables, 'scanned');
      const back = sumOf(tables, 'recovered');
      return {
        detail: `${found} rows could be read from the replaced file; ${back} of them were missing and are back.`,
        report,
      };
    });
  }

  /** The writer has ended; `work` can be called off until then. Afterwards the writer runs again, whatever happened. */
  async #withFileAtRest<T>(cause: string, whenFailed: boolean, work: LongWork, action: () => Promise<T>): Promise<T> {
    if (work.signal.aborted) throw cancelled();
    await this.#hooks.pauseWriter(`${cause}; rows are kept safely in the spool until then.`, whenFailed);
    try {
      return await action();
    } finally {
      this.#hooks.resume();
    }
  }

  async #compact(target: string, work: LongWork): Promise<string> {
    const { clock, file } = this.#options;
    const thread = new JobThread(this.#options);
    const stopWatching = watchGrowth(clock, target, await copyBytes(file), work);
    try {
      await thread.run<'compactCopy'>({ type: 'compactCopy', target }, work);
      await this.#hooks.holdReader();
      const { beforeBytes, afterBytes } = await thread
        .run<'compactSwap'>({ type: 'compactSwap', target }, QUIET_WORK)
        .catch(explainLocked);
      const freed = inMegabytes(Math.max(0, beforeBytes - afterBytes));
      return `${freed} were freed: the file had ${inMegabytes(beforeBytes)} and has ${inMegabytes(afterBytes)}.`;
    } catch (error) {
      await rm(target, { force: true });
      throw error;
    } finally {
      stopWatching();
      thread.close();
    }
  }

  async #changesSince({ path }: Backup, work: LongWork): Promise<readonly TableChange[] | null> {
    try {
      const tables = await runJob(this.#options, { type: 'compare', copy: path }, work);
      return tables.map(({ copyRows, copyNewestAtMs, ...same }) => ({
        ...same,
        backupRows: copyRows,
        backupNewestAtMs: copyNewestAtMs,
      }));
    } catch (error) {
      if ((error as StorageError).code === 'CANCELLED') throw error;
      return null;
    }
  }
}

function explainLocked(error: StorageError): never {
  if (!error.code.startsWith('SQLITE_BUSY')) throw error;
  throw new StorageError(
    error.code,
    'another program has the database open, so it cannot be replaced; it was left as it was',
  );
}

function describeRuns(runs: readonly CheckpointFigures[]): string {
  const [moved, emptied] = runs;
  const triple = runs
    .map(({ mode, busy, log, checkpointed }) => `${mode.toUpperCase()} (${busy ? 1 : 0}, ${log}, ${checkpointed})`)
    .join(', ');
  if (!moved) return 'There was nothing to move.';
  if (!emptied) {
    return `${moved.checkpointed} of ${moved.log} pages could be moved; a long read keeps the rest in the log. ${triple}.`;
  }
  const end = emptied.busy ? 'somebody reads, so the log was not emptied' : 'the log is empty';
  return `Every page of the log is in the database (${moved.log} were looked at), and ${end}. ${triple}.`;
}

function describeRetention({
  deleted,
  slices,
  longestSliceMs,
  slicesOverLimit,
  cancelled: early,
}: RetentionFigures): string {
  const what = deleted.map(({ name, rows }) => `${rows} of ${name}`).join(', ');
  if (what === '') return 'No row is older than the settings keep.';
  const over = slicesOverLimit === 0 ? '' : `, ${slicesOverLimit} of them longer than 20 ms`;
  const end = early ? ' It was called off before all were gone.' : '';
  return `Old rows were deleted: ${what}; ${slices} slices, the longest ${longestSliceMs.toFixed(1)} ms${over}.${end}`;
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString();
}
