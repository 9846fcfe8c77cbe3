// Answers to callers, from what the writer or the spool reported. Pure.
import type { WriteAck } from '../../shared/contract/storage';
import type { BatchResult, GroupStamps } from './common/protocol';
import type { PendingWrite } from './pendingWrites';

export function committedAck(
  { entry }: PendingWrite,
  { pickedAtMs, outcome }: BatchResult,
  stamps: GroupStamps,
): WriteAck {
  // A batch that joined while its group waited for the lock had its own first try when it was picked.
  const firstTryAtMs = Math.max(pickedAtMs, stamps.firstTryAtMs);
  return {
    batchId: entry.id,
    durability: 'committed',
    ...outcome,
    timings: {
      pickedMs: pickedAtMs - entry.enqueuedAtMs,
      firstTryMs: firstTryAtMs - entry.enqueuedAtMs,
      begunMs: Math.max(firstTryAtMs, stamps.begunAtMs) - entry.enqueuedAtMs,
      committedMs: stamps.committedAtMs - entry.enqueuedAtMs,
    },
  };
}

/** How many of its rows are new is not known before they reach the database. */
export function uncommittedAck({ entry }: PendingWrite, durability: 'spooled' | 'volatile', atMs: number): WriteAck {
  return {
    batchId: entry.id,
    durability,
    inserted: 0,
    changed: 0,
    unchanged: 0,
    rejected: [],
    timings: { pickedMs: atMs - entry.enqueuedAtMs, firstTryMs: null, begunMs: null, committedMs: null },
  };
}
