// Stretches of time in words, and moments as a form field takes them. Pure.
import type { TimeSpan } from '../../../../shared/domain/timeline';
import { formatClock, formatDateTime } from '../../../../shared/util/format';
import type { RangePreset, TimeRange } from '../../store/timeRange';

export const PRESET_LABELS: Readonly<Record<RangePreset, string>> = {
  '15m': '15 min',
  '1h': '1 h',
  '6h': '6 h',
  '24h': '24 h',
  '7d': '7 d',
  '30d': '30 d',
};

const PRESET_WORDS: Readonly<Record<RangePreset, string>> = {
  '15m': 'last 15 minutes',
  '1h': 'last hour',
  '6h': 'last 6 hours',
  '24h': 'last 24 hours',
  '7d': 'last 7 days',
  '30d': 'last 30 days',
};

/** Completes "in the …". */
export function rangeInWords(range: TimeRange, span: TimeSpan): string {
  switch (range.kind) {
    case 'last':
      return PRESET_WORDS[range.preset];
    case 'since_ok':
      return `time since all was well (${spanInWords(span)})`;
    case 'custom':
      return `time from ${spanInWords(span)}`;
  }
}

/** "Nov 23, 14:00:00 to 15:00:00"; the day is said again only when it is another one. */
export function spanInWords({ fromMs, toMs }: TimeSpan): string {
  const sameDay = new Date(fromMs).toDateString() === new Date(toMs).toDateString();
  return `${formatDateTime(fromMs)} to ${sameDay ? formatClock(toMs) : formatDateTime(toMs)}`;
}

/** Local time as `<input type="datetime-local">` wants it. */
export function toFieldTime(atMs: number): string {
  const at = new Date(atMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** What is wrong with a span that was typed in, or null. */
export function spanProblem(fromMs: number, toMs: number, nowMs: number): string | null {
  if (Number.isNaN(fromMs) || Number.isNaN(toMs)) return 'Both ends are needed.';
  if (fromMs >= nowMs) return 'It begins in the future.';
  if (fromMs >= toMs) return 'It must end after it begins.';
  return null;
}
