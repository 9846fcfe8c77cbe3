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

export interface DrainSteps {
  /** Sends the batch before it returns; resolves when it is committed. A rejection stops the drain and leaves the file where it is. */
  replay(batch: WriteBatch): Promise<void>;
  /** Little is left: from here on nothing may be appended, for else the end might never be reached. May throw to stop the drain. */
  beforeTail(): void;
  /** All that was in the spool has been sent, though not all of it is committed: what is sent now comes after it. */
  afterTail(): void;
}

/** Resolves when the spool is empty: everything that was in it is committed. */
export async function drainSpool(spool: Spool, steps: DrainSteps): Promise<void> {
  for (let isTail = false; !isTail;) {
    isTail = spool.isShort;
    if (isTail) {
      steps.beforeTail();
      await spool.flushed();
    }
    await spool.seal();
    const files = spool.sealedFiles();
    if (isTail && files.length === 0) steps.afterTail();
    for (const [index, file] of files.entries()) {
      const onTheWay = await send(await spool.read(file), (batch) => steps.replay(batch));
      if (isTail && index === files.length - 1) steps.afterTail();
      await Promise.all(onTheWay);
      await spool.remove(file);
    }
  }
}

/** Resolves when all is sent, with what is not committed by then. */
async function send(batches: Iterable<WriteBatch>, replay: DrainSteps['replay']): Promise<readonly Promise<unknown>[]> {
  const onTheWay: Promise<unknown>[] = [];
  let stopped = false;
  for (const group of groupsOf(batches)) {
    const sent = Promise.all(group.map((batch) => replay(batchOfToday(batch))));
    // It is heard by whoever awaits it; until then an earlier one may have stopped the replay.
    sent.catch(() => {
      stopped = true;
    });
    onTheWay.push(sent);
    if (onTheWay.length >= GROUPS_ON_THE_WAY) await onTheWay.shift();
    else await nextTurn();
    if (stopped) break;
  }
  if (stopped) await Promise.all(onTheWay);
  return onTheWay;
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
