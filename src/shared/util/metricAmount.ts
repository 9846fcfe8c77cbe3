// The value of a metric as people read it, and as they write it: "26 h", "64 MB", "10 %". Pure. Written amounts keep every digit,
// so that a rule that is opened and saved is the same rule.
import type { MetricUnit } from '../domain/metrics';
import { assertNever } from './assertNever';
import { formatBytes, formatCount, formatDuration, formatShare, localDecimal, NO_VALUE } from './format';

/** For reading: rounded to what tells values apart. */
export function formatMetric(value: number | null, unit: MetricUnit): string {
  if (value === null || !Number.isFinite(value)) return NO_VALUE;
  switch (unit) {
    case 'ms':
      return formatDuration(value);
    case 'bytes':
      return formatBytes(value);
    case 'share':
      return formatShare(value);
    case 'count':
      return formatCount(value);
    case 'ratio':
      return `${localDecimal(String(Number(value.toPrecision(3))))} ×`;
    case 'days':
      return `${localDecimal(String(Number(value.toPrecision(3))))} d`;
    case 'per_second':
      return `${localDecimal(String(Number(value.toPrecision(3))))} /s`;
    case 'flag':
      return value === 0 ? 'no' : 'yes';
    default:
      return assertNever(unit);
  }
}

type Steps = readonly (readonly [suffix: string, size: number])[];

/** Largest first. */
const STEPS: Readonly<Partial<Record<MetricUnit, Steps>>> = {
  ms: [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['min', 60_000],
    ['s', 1_000],
    ['ms', 1],
  ],
  bytes: [
    ['TB', 1_024 ** 4],
    ['GB', 1_024 ** 3],
    ['MB', 1_024 ** 2],
    ['KB', 1_024],
    ['B', 1],
  ],
};
const SUFFIXES: Readonly<Record<MetricUnit, string>> = {
  ms: 'ms',
  bytes: 'B',
  share: '%',
  ratio: '×',
  count: '',
  days: 'd',
  per_second: '/s',
  flag: '',
};
const PERCENT = 100;
/** As many as a double surely carries: what a factor of a hundred adds behind them is no part of the amount. */
const SHARE_DIGITS = 15;
/** "1.25 h" is read at a glance, "1.0833 h" is not: then the smaller unit is used. */
const STEP_DIGITS = 2;

/** For writing in a field: exactly this value, in the largest unit that takes it without many digits. */
export function writeAmount(value: number, unit: MetricUnit): string {
  const suffix = SUFFIXES[unit];
  if (unit === 'share') return `${Number((value * PERCENT).toPrecision(SHARE_DIGITS))} ${suffix}`;
  const fitting = STEPS[unit]?.find(([, size]) => {
    const steps = value / size;
    return Math.abs(steps) >= 1 && Number(steps.toFixed(STEP_DIGITS)) * size === value;
  });
  if (fitting) return `${Number((value / fitting[1]).toFixed(STEP_DIGITS))} ${fitting[0]}`;
  return suffix === '' ? String(value) : `${value} ${suffix}`;
}

const PART = /^\s*(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*([a-z%×/]*)/i;

/** Reads "500 ms", "2 min 5 s", "10 %", "64 MB", or a bare number in the unit of the metric; null when it is none of these. */
export function readAmount(text: string, unit: MetricUnit): number | null {
  let rest = text.trim();
  if (rest === '') return null;
  let sum = 0;
  while (rest !== '') {
    const [whole, digits, suffix] = PART.exec(rest) ?? [];
    if (whole === undefined || whole === '' || digits === undefined) return null;
    const part = readPart(Number(digits), suffix ?? '', unit);
    if (part === null) return null;
    sum += part;
    rest = rest.slice(whole.length).trim();
  }
  return Number.isFinite(sum) ? sum : null;
}

function readPart(amount: number, suffix: string, unit: MetricUnit): number | null {
  const named = suffix.toLowerCase();
  const step = STEPS[unit]?.find(([name]) => name.toLowerCase() === named);
  if (step) return amount * step[1];
  if (unit === 'share') {
    if (named !== '%') return named === '' ? amount : null;
    return Number((amount / PERCENT).toPrecision(SHARE_DIGITS));
  }
  return named === '' || named === SUFFIXES[unit] ? amount : null;
}
