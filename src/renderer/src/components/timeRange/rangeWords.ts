// Stretches of time in words, and moments as a form field takes them. Pure.
import type { TimeSpan } from '../../../../shared/domain/timeline';
import { formatClock, formatDateTime } from '../../../../shared/util/format';
import type { TimeRange } from '../../store/timeRange';
import { t } from '../../texts/texts';

/** Completes "in the …". */
export function rangeInWords(range: TimeRange, span: TimeSpan): string {
  switch (range.kind) {
    case 'last':
      return t(`range.words.${range.preset}`);
    case 'since_ok':
      return t('range.sinceAllWell', { span: spanInWords(span) });
    case 'custom':
      return t('range.timeFrom', { span: spanInWords(span) });
  }
}

/** "Nov 23, 14:00:00 to 15:00:00"; the day is said again only when it is another one. */
export function spanInWords({ fromMs, toMs }: TimeSpan): string {
  const sameDay = new Date(fromMs).toDateString() === new Date(toMs).toDateString();
  return t('range.fromTo', { from: formatDateTime(fromMs), to: sameDay ? formatClock(toMs) : formatDateTime(toMs) });
}

/** Local time as `<input type="datetime-local">` wants it. */
export function toFieldTime(atMs: number): string {
  const at = new Date(atMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** What is wrong with a span that was typed in, or null. */
export function spanProblem(fromMs: number, toMs: number, nowMs: number): string | null {
  if (Number.isNaN(fromMs) || Number.isNaN(toMs)) return t('range.bothEnds');
  if (fromMs >= nowMs) return t('range.beginsInFuture');
  if (fromMs >= toMs) return t('range.mustEndAfter');
  return null;
}
