// The last day of a measurement against the same day of the week before. Pure.
import { METRICS, type MetricUnit } from '../../../../shared/domain/metrics';
import type { Figure, WeekLine } from '../../../../shared/domain/series';
import { localDecimal, NO_VALUE } from '../../../../shared/util/format';

/** Smaller changes than this are none. */
const LEAST_PERCENT = 0.5;
const ONE_DIGIT_BELOW = 100;

/** What there is a figure of, on either day. */
export function measured(lines: readonly WeekLine[]): readonly WeekLine[] {
  return lines.filter(({ present, weekBefore }) => present !== null || weekBefore !== null);
}

/** The mean of the day; of what is only on or off, whether it ever was. */
export function meanOf(figure: Figure | null, unit: MetricUnit): number | null {
  if (figure === null) return null;
  return unit === 'flag' ? figure.max : figure.mean;
}

/** "+12 %", "±0 %"; nothing where there is no figure to compare with, or none that can be multiplied. */
export function formatChange({ metric, present, weekBefore }: WeekLine): string {
  const isFlag = METRICS[metric].unit === 'flag';
  if (present === null || weekBefore === null || isFlag || weekBefore.mean === 0) return NO_VALUE;
  const percent = (100 * (present.mean - weekBefore.mean)) / Math.abs(weekBefore.mean);
  const sign = Math.abs(percent) < LEAST_PERCENT ? '±' : percent > 0 ? '+' : '−';
  const size = Math.abs(percent) < LEAST_PERCENT ? 0 : Math.abs(percent);
  return `${sign}${localDecimal(size.toFixed(size < ONE_DIGIT_BELOW ? 1 : 0))} %`;
}
