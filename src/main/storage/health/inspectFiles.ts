// What lies on disk around a database, without a handle on it: sizes, room, backups, spool, the remembered breaker, the log of what
// was done. Changes nothing, so it can be asked of a profile that nobody runs.
import { readdir, readFile, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DatabaseHealth } from '../../../shared/domain/health';
import type { DatabaseStatus, OperationKind, OperationRecord } from '../../../shared/domain/database';
import { BreakerFile } from '../breakerFile';
import { OperationsLog } from '../operationsLog';
import { Backups } from '../recovery/backups';
import { operationsFile } from '../recovery/keeper';
import { measureSpool } from '../spool/spoolFormat';
import type { StoreOptions } from '../store';

export type InspectedFiles = Pick<
  DatabaseHealth,
  | 'name'
  | 'path'
  | 'exists'
  | 'createdAtMs'
  | 'sizeBytes'
  | 'walBytes'
  | 'disk'
  | 'spool'
  | 'breaker'
  | 'backups'
  | 'lastCheck'
>;

/** @param running its owner knows better what waits in the spool: that may be on its way into the database just now */
export async function inspectFiles(options: StoreOptions, running: DatabaseStatus | null): Promise<InspectedFiles> {
  const { file, name } = options;
  const [found, wal, disk, spool, backups] = await Promise.all([
    stat(file).catch(() => null),
    stat(`${file}-wal`).catch(() => null),
    diskOf(dirname(file)),
    running ? running.spool : spoolOf(options),
    backupsOf(options),
  ]);
  const operations = new OperationsLog(operationsFile(options)).recent();
  return {
    name,
    path: file,
    exists: found !== null,
    createdAtMs: found && found.birthtimeMs > 0 ? found.birthtimeMs : null,
    sizeBytes: found?.size ?? 0,
    walBytes: wal?.size ?? 0,
    disk,
    spool: { batches: spool.batches, bytes: spool.bytes, lost: spool.lost },
    breaker: running ? running.breaker : rememberedBreaker(options),
    backups: { ...backups, lastVerify: last(operations, 'verify') },
    lastCheck: last(operations, 'check'),
  };
}

function rememberedBreaker({ spoolDir, name }: StoreOptions): DatabaseHealth['breaker'] {
  const remembered = new BreakerFile(spoolDir, name).recall();
  return remembered
    ? { state: 'open', reason: remembered.reason, sinceMs: remembered.sinceMs }
    : { state: 'closed', reason: null, sinceMs: null };
}

async function diskOf(folder: string): Promise<DatabaseHealth['disk']> {
  const found = await statfs(folder).catch(() => null);
  return found && { freeBytes: found.bavail * found.bsize, totalBytes: found.blocks * found.bsize };
}

async function backupsOf(options: StoreOptions): Promise<Omit<DatabaseHealth['backups'], 'lastVerify'>> {
  const backups = await new Backups(options).list();
  const [newest] = backups;
  if (!newest) return { count: 0, newest: null };
  const { name, atMs, bytes, path } = newest;
  const size = (await stat(path).catch(() => null))?.size;
  return { count: backups.length, newest: { name, atMs, bytes, isWhole: size === bytes } };
}

async function spoolOf({ spoolDir, name }: StoreOptions): Promise<DatabaseHealth['spool']> {
  const names = await readdir(spoolDir).catch(() => []);
  const spool = { batches: 0, bytes: 0, lost: 0 };
  for (const file of names.filter((other) => other.startsWith(`${name}-`) && other.endsWith('.spool'))) {
    const content = await readFile(join(spoolDir, file)).catch(() => null);
    if (!content) continue;
    const { batches, damaged } = measureSpool(content);
    spool.batches += batches;
    spool.lost += damaged;
    spool.bytes += content.length;
  }
  return spool;
}

/** Work that was called off says nothing. */
function last(operations: readonly OperationRecord[], kind: OperationKind): OperationRecord | null {
  return operations.findLast((record) => record.kind === kind && record.outcome !== 'cancelled') ?? null;
}
