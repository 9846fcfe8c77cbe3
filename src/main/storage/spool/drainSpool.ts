// Brings spooled batches home, oldest first, and removes each file once all of it is durable in the database. A batch may come
// twice (a crash between commit and removal); the writer recognises it.
import type { WriteBatch } from '../../../shared/contract/storage';
import { denseRows } from '../common/denseRows';
import { rowOfToday } from '../common/earlierColumns';
import type { Spool } from './spool';

/** What is taken apart and sent in one go: about 2 ms of the thread. */
const ROWS_PER_GROUP = 500;
/** The writer always has the next one while it commits; memory stays flat however long the spool is. */
const GROUPS_ON_THE_WAY = 4;

/**
 * @param replay resolves when the batch is committed; a rejection stops the replay and leaves the file where it is
 */
export async function drainSpool(spool: Spool, replay: (batch: WriteBatch) => Promise<void>): Promise<void> {
  while (!spool.isEmpty) {
    await spool.seal();
    for (const file of spool.sealedFiles()) {
      const onTheWay: Promise<unknown>[] = [];
      let stopped = false;
      for (const group of groupsOf(await spool.read(file))) {
        const sent = Promise.all(group.map((batch) => replay(batchOfToday(batch))));
        // It is heard below; until then an earlier one may have stopped the replay.
        sent.catch(() => {
          stopped = true;
        });
        onTheWay.push(sent);
        if (onTheWay.length >= GROUPS_ON_THE_WAY) await onTheWay.shift();
        else await nextTurn();
        if (stopped) break;
      }
      await Promise.all(onTheWay);
      await spool.remove(file);
    }
  }
}

/** The program may have been updated since the batch was spooled. */
function batchOfToday({ id, parts }: WriteBatch): WriteBatch {
  return {
    id,
    parts: parts.map(({ table, rows }) => ({ table, rows: denseRows(rows, (row) => rowOfToday(table, row)) })),
  };
}

function* groupsOf(batches: Iterable<WriteBatch>): Generator<readonly WriteBatch[]> {
  let group: WriteBatch[] = [];
  let rows = 0;
  for (const batch of batches) {
    group.push(batch);
    rows += batch.parts.reduce((sum, part) => sum + part.rows.length, 0);
    if (rows < ROWS_PER_GROUP) continue;
    yield group;
    group = [];
    rows = 0;
  }
  if (group.length > 0) yield group;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
