// Batches as messages of about one commit each: the writer starts on the first while the next is made, and never holds more in memory.
// Pure.
import type { WriterRequest } from './common/protocol';
import { toWire } from './common/rowsOnTheWire';
import type { PendingWrite } from './pendingWrites';

const MAX_ROWS_PER_MESSAGE = 1_000;

export function* writeMessages(batches: readonly PendingWrite[]): Generator<WriterRequest> {
  let entries: PendingWrite['entry'][] = [];
  let rows = 0;
  for (const pending of batches) {
    if (rows > 0 && rows + pending.rows > MAX_ROWS_PER_MESSAGE) {
      yield { kind: 'write', ...toWire(entries) };
      entries = [];
      rows = 0;
    }
    entries.push(pending.entry);
    rows += pending.rows;
  }
  if (entries.length > 0) yield { kind: 'write', ...toWire(entries) };
}
