// What the log says about runs and databases: a line for each thing worth finding later. Lines inside a run name it, and the batches
// of a run are named after it, so that a line of a storage thread leads back to the run. Decides nothing.
import type { WriteAck, WriteBatch } from '../../shared/contract/storage';
import type { RunReport } from '../../shared/domain/collector';
import type { DatabaseName, OperationRecord } from '../../shared/domain/database';
import { inLogContext } from '../logging/logContext';
import type { Logger } from '../logging/logger';
import type { RunRequest } from '../scheduling/collectorRun';
import type { SlotEvent } from '../scheduling/scheduler';
import type { CallEvent } from '../sources/geckoterminal/onchainClient';

export class RunLog {
  readonly #log: Logger;
  readonly #startedAtMs: number;
  readonly #told = new Map<DatabaseName, OperationRecord>();

  constructor(log: Logger, startedAtMs: number) {
    this.#log = log;
    this.#startedAtMs = startedAtMs;
  }

  /** Every line that is written meanwhile, in whatever part of the program, names the run. */
  during<T>({ runId, collector, trigger, slotAtMs }: RunRequest, run: () => Promise<T>): Promise<T> {
    return inLogContext({ runId, collectorId: collector.id }, () => {
      this.#log.debug({ trigger, slotAt: new Date(slotAtMs).toISOString() }, 'run began');
      return run();
    });
  }

  called({ path, ms, outcome, message }: CallEvent): void {
    const fields = { path, ms: Math.round(ms), outcome, ...(message !== null && { error: message }) };
    if (outcome === 'ok') this.#log.debug(fields, 'the source answered');
    else this.#log.info(fields, 'the source gave no answer that could be used');
  }

  /** Writes the batch, and what the storage threads made of it. */
  async written(batch: WriteBatch, write: () => Promise<WriteAck>): Promise<WriteAck> {
    const rows = batch.parts.reduce((sum, part) => sum + part.rows.length, 0);
    const fields = { batchId: batch.id, tables: batch.parts.map(({ table }) => table), rows };
    try {
      const ack = await write();
      const { durability, inserted, changed, unchanged, rejected, timings } = ack;
      const told = { ...fields, durability, inserted, changed, unchanged, rejected: rejected.length, timings };
      if (durability === 'committed') this.#log.debug(told, 'rows were stored');
      else this.#log.warn(told, durability === 'spooled' ? 'rows wait in the spool' : 'rows are in memory only');
      return ack;
    } catch (error) {
      this.#log.error({ ...fields, error: describe(error) }, 'rows could not be stored');
      throw error;
    }
  }

  slotEnded({ collectorId, outcome, run }: SlotEvent): void {
    const fields = { collectorId, outcome, ...(run && runFields(run)) };
    if (outcome === 'failed') this.#log.warn({ ...fields, error: run?.error }, 'run failed');
    else this.#log.info({ ...fields, ...(run?.error && { error: run.error }) }, run ? 'run ended' : 'slot skipped');
  }

  /** What the storage threads did and suffered since it was told last; what earlier starts left is not told again. */
  operated(database: DatabaseName, records: readonly OperationRecord[]): void {
    const newest = records.at(-1);
    const last = this.#told.get(database);
    if (newest === undefined || newest === last) return;
    this.#told.set(database, newest);
    const fresh = last
      ? records.slice(records.lastIndexOf(last) + 1)
      : records.filter(({ atMs }) => this.#isOurs(atMs));
    for (const { kind, outcome, detail, durationMs } of fresh) {
      const fields = { database, operation: kind, outcome, ...(durationMs !== null && { ms: Math.round(durationMs) }) };
      if (outcome === 'failed') this.#log.error(fields, detail);
      else this.#log.info(fields, detail);
    }
  }

  #isOurs(atMs: number): boolean {
    return atMs >= this.#startedAtMs;
  }
}

function runFields({ id, durationMs, calls, fetched, inserted, changed }: RunReport): object {
  return { runId: id, ms: Math.round(durationMs), calls, fetched, inserted, changed };
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
