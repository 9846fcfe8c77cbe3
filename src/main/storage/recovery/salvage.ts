// Brings over what a replaced database still holds, through the same upserts as everything else, counts it table by table, and
// leaves the report beside the replaced files.
import { join } from 'node:path';
import type { WriteAck, WriteBatch } from '../../../shared/contract/storage';
import type { RecoveryReport, TableRecovery } from '../../../shared/domain/database';
import type { LongWork } from '../../../shared/domain/operation';
import { denseRows } from '../common/denseRows';
import type { SalvagedRows } from '../common/protocol';
import { StorageError, type StoreOptions } from '../store';
import { isStorableRow } from '../validateBatch';
import { writeDurably } from './durableFile';
import { JobThread } from './jobThread';

/**
 * Values that no row of ours may hold are damage: their rows are counted as rejected and left behind.
 * @param write stores a batch as any caller would
 * @throws when a batch was kept in memory only, so that the next start brings it
 */
export async function salvageRows(
  options: StoreOptions,
  replacedFile: string,
  write: (batch: WriteBatch) => Promise<WriteAck>,
  work: LongWork,
): Promise<readonly TableRecovery[]> {
  const thread = new JobThread(options);
  const stamp = options.clock.wallMs();
  const tables = new Map<string, TableRecovery>();
  const salvaging: LongWork = { signal: work.signal, onProgress: () => {} };
  try {
    for (let chunk = 0; ; chunk += 1) {
      const rows = await thread.run<'salvage'>({ type: 'salvage', file: replacedFile }, salvaging);
      if (!rows) return [...tables.values()];
      const { table } = rows.part;
      const part = { table, rows: denseRows(rows.part.rows.filter(isStorableRow)) };
      const ack = await write({ id: `salvage:${options.name}:${stamp}:${chunk}`, parts: [part] });
      if (ack.durability === 'volatile')
        throw new StorageError('NO_ROOM', 'neither the database nor the spool could keep what was read');
      const leftBehind = rows.part.rows.length - part.rows.length;
      tables.set(table, addChunk(tables.get(table) ?? nothing(table), rows, ack, leftBehind));
      work.onProgress(rows.progress);
    }
  } finally {
    thread.close();
  }
}

export function sumOf(tables: readonly TableRecovery[], figure: Exclude<keyof TableRecovery, 'table'>): number {
  return tables.reduce((sum, table) => sum + table[figure], 0);
}

/** For people and for programs; neither is ever deleted by us. */
export async function writeReport(report: RecoveryReport): Promise<void> {
  await writeDurably(join(report.quarantine, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  await writeDurably(join(report.quarantine, 'report.md'), asMarkdown(report));
}

function nothing(table: string): TableRecovery {
  return { table, walked: 0, scanned: 0, recovered: 0, alreadyThere: 0, rejected: 0 };
}

function addChunk(
  sum: TableRecovery,
  { method, part }: SalvagedRows,
  ack: WriteAck,
  leftBehind: number,
): TableRecovery {
  const found = part.rows.length;
  return {
    table: sum.table,
    walked: sum.walked + (method === 'walk' ? found : 0),
    scanned: sum.scanned + (method === 'scan' ? found : 0),
    recovered: sum.recovered + ack.inserted + ack.changed,
    alreadyThere: sum.alreadyThere + ack.unchanged,
    rejected: sum.rejected + ack.rejected.length + leftBehind,
  };
}

function asMarkdown({ reason, replacedAtMs, backup, spoolReplayed, tables }: RecoveryReport): string {
  const from = backup ? `the backup of ${iso(backup.atMs)} (SHA-256 ${backup.sha256})` : 'an empty database';
  return `# What became of a replaced database

- Why it was replaced: ${reason}
- When: ${iso(replacedAtMs)}
- Replaced by: ${from}
- Batches stored from the spool since then: ${spoolReplayed}

| table | read through SQLite | found on pages | missing and back | already there | rejected |
| --- | ---: | ---: | ---: | ---: | ---: |
${tables.map(asTableLine).join('\n')}

Rows found on pages can be the same as rows read through SQLite. The replaced files lie beside this report.
`;
}

function asTableLine({ table, walked, scanned, recovered, alreadyThere, rejected }: TableRecovery): string {
  return `| ${table} | ${walked} | ${scanned} | ${recovered} | ${alreadyThere} | ${rejected} |`;
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString();
}
