// A long operation in words. Pure.
import type { LongOperation, Progress, WorkUnit } from '../../../../shared/domain/operation';
import { formatBytes, formatCount } from '../../../../shared/util/format';
import { t } from '../../texts/texts';

/** Null while nobody can tell how much there is. */
export function shareOf({ progress, state }: Pick<LongOperation, 'progress' | 'state'>): number | null {
  if (state === 'done') return 1;
  if (!progress || progress.total === null || progress.total <= 0) return null;
  return Math.min(1, progress.done / progress.total);
}

export function describeProgress(operation: Pick<LongOperation, 'progress' | 'state'>): string {
  const { progress, state } = operation;
  if (state === 'cancelling') return t('operations.stoppingAtEnd');
  if (!progress) return t('operations.starting');
  const amount = amountOf(progress);
  return [progress.step, amount].filter((part) => part !== null).join(' · ');
}

function amountOf({ done, total, unit }: Progress): string | null {
  const say = (value: number): string => (unit === 'bytes' ? formatBytes(value) : formatCount(value));
  if (unit === 'steps')
    return total === null
      ? null
      : t('operations.doneOf', { done: formatCount(Math.min(done + 1, total)), total: formatCount(total) });
  if (total === null) return done === 0 ? null : inUnit(say(done), unit);
  return inUnit(t('operations.doneOf', { done: say(done), total: say(total) }), unit);
}

function inUnit(amount: string, unit: Exclude<WorkUnit, 'steps'>): string {
  return unit === 'bytes' ? amount : t(`operations.amount.${unit}`, { amount });
}
