import { describe, expect, it } from 'vitest';
import { formatChange, meanOf, measured } from '../../../src/renderer/src/components/week/weekFigures';
import type { Figure, WeekLine } from '../../../src/shared/domain/series';

const figure = (mean: number): Figure => ({
  n: 9,
  min: 0,
  max: 3 * mean,
  mean,
  p50: mean,
  p95: mean,
  zeroShare: 0,
  coverage: 1,
});
const line = (present: number | null, weekBefore: number | null): WeekLine => ({
  metric: 'database.commitP95',
  present: present === null ? null : figure(present),
  weekBefore: weekBefore === null ? null : figure(weekBefore),
});

describe('a day beside the same day a week before', () => {
  it.each([
    [112, 100, '+12.0 %'],
    [50, 100, '−50.0 %'],
    [100.1, 100, '±0.0 %'],
    [1, -2, '+150 %'],
    [5, 0, '–'],
    [null, 100, '–'],
    [5, null, '–'],
  ])('changed from %s to %s by %s', (present, weekBefore, words) => {
    expect(formatChange(line(present, weekBefore)).replaceAll('\u00a0', ' ')).toBe(words);
  });

  it('leaves out what was measured on neither, and says of what is on or off whether it ever was', () => {
    expect(measured([line(null, null), line(null, 1), line(1, null)])).toHaveLength(2);
    expect(meanOf(figure(0.2), 'flag')).toBeCloseTo(0.6);
    expect(formatChange({ ...line(1, 2), metric: 'database.failed' })).toBe('–');
  });
});
