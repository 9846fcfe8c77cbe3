// A long operation in words. Pure.
import type { LongOperation, Progress } from '../../../../shared/domain/operation';
import { formatBytes, formatCount } from '../../../../shared/util/format';

/** Null while nobody can tell how much there is. */
export function shareOf({ progress, state }: Pick<LongOperation, 'progress' | 'state'>): number | null {
  if (state === 'done') return 1;
  if (!progress || progress.total === null || progress.total <= 0) return null;
  return Math.min(1, progress.done / progress.total);
}

export function describeProgress(operation: Pick<LongOperation, 'progress' | 'state'>): string {
  const { progress, state } = operation;
  if (state === 'cancelling') return 'stopping at the end of the present step';
  if (!progress) return 'starting';
  const amount = amountOf(progress);
  return [progress.step, amount].filter((part) => part !== null).join(' · ');
}

function amountOf({ done, total, unit }: Progress): string | null {
  const say = (value: number): string => (unit === 'bytes' ? formatBytes(value) : formatCount(value));
  if (unit === 'steps')
    return total === null ? null : `${formatCount(Math.min(done + 1, total))} of ${formatCount(total)}`;
  const word = unit === 'bytes' ? '' : ` ${unit}`;
  if (total === null) return done === 0 ? null : `${say(done)}${word}`;
  return `${say(done)} of ${say(total)}${word}`;
}

/** How it ended, in one word. */
export const END_WORDS = { done: 'Done', failed: 'Failed', cancelled: 'Called off' } as const;
