// Brings spooled batches home, oldest first, and removes each file once all of it is durable in the database. A batch may come
// twice (a crash between commit and removal); the writer recognises it.
import type { WriteBatch } from '../../../shared/contract/storage';
import { rowOfToday } from '../common/earlierColumns';
import type { Spool } from './spool';

/** About one full transaction's worth in flight, so that memory stays flat however long the spool is. */
const ROWS_IN_FLIGHT = 2_000;

/**
 * @param replay resolves when the batch is committed; a rejection stops the replay and leaves the file where it is
 */
export async function drainSpool(spool: Spool, replay: (batch: WriteBatch) => Promise<void>): Promise<void> {
  while (!spool.isEmpty) {
    await spool.seal();
    for (const file of spool.sealedFiles()) {
      const batches = (await spool.read(file)).map(batchOfToday);
      for (const group of groupsOf(batches)) await Promise.all(group.map(replay));
      await spool.remove(file);
    }
  }
}

/** The program may have been updated since the batch was spooled. */
function batchOfToday({ id, parts }: WriteBatch): WriteBatch {
  return { id, parts: parts.map(({ table, rows }) => ({ table, rows: rows.map((row) => rowOfToday(table, row)) })) };
}

function* groupsOf(batches: readonly WriteBatch[]): Generator<readonly WriteBatch[]> {
  let group: WriteBatch[] = [];
  let rows = 0;
  for (const batch of batches) {
    group.push(batch);
    rows += batch.parts.reduce((sum, part) => sum + part.rows.length, 0);
    if (rows < ROWS_IN_FLIGHT) continue;
    yield group;
    group = [];
    rows = 0;
  }
  if (group.length > 0) yield group;
}
