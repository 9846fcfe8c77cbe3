// Tries a rule on stored readings, with the same machine that judges live ones: when it would have fired, and which limits would have
// been quiet. Works in short steps, so that nothing else is held up.
import type { BackTest } from '../../shared/contract/alerts';
import type { AlertRule } from '../../shared/domain/alerts';
import { type MetricName, type Reading, targetKey } from '../../shared/domain/metrics';
import { type Instance, type Moment, newInstance } from './instance';
import { holdMs, step } from './lifecycle';

/** Where stored readings come from. */
export interface ReadingSource {
  /**
   * Those with a value, oldest first; of those that were folded together, the worst for this comparison. Null asks for every
   * target. Rejects with a StorageError when they cannot be read.
   */
  readings(
    metric: MetricName,
    targetIds: readonly string[] | null,
    fromMs: number,
    toMs: number,
    comparison: AlertRule['comparison'],
  ): Promise<readonly Reading[]>;
}

type Firing = BackTest['firings'][number];

const WEEK_MS = 7 * 24 * 60 * 60_000;
/** Between readings that lie further apart than so many usual distances, nobody watched. */
const GAP_FACTOR = 3;
/** A level that is exceeded for a larger part of the time is not quiet, however seldom it begins. */
const QUIET_SHARE = 0.02;
const STEPS_AT_ONCE = 5_000;

/** What the rule would have done between two wall times. */
export async function backTest(
  rule: AlertRule,
  source: ReadingSource,
  fromMs: number,
  toMs: number,
): Promise<BackTest> {
  const readings = await source.readings(rule.metric, rule.targets, fromMs, toMs, rule.comparison);
  const series = byTarget(readings);
  const covered = series.map((one) => observedIn(one));
  const spanMs = Math.max(1, toMs - fromMs);
  return {
    fromMs,
    toMs,
    coverage: Math.min(1, Math.max(0, ...covered) / spanMs),
    firings: (await replayAll(rule, series)).toSorted((a, b) => a.fromMs - b.fromMs),
    suggested: await suggest(rule, series, Math.max(0, ...covered)),
  };
}

function byTarget(readings: readonly Reading[]): readonly (readonly Reading[])[] {
  const series = new Map<string, Reading[]>();
  for (const reading of readings) {
    if (reading.value === null || !Number.isFinite(reading.value)) continue;
    const key = targetKey(reading.target);
    const one = series.get(key);
    if (one) one.push(reading);
    else series.set(key, [reading]);
  }
  return [...series.values()];
}

async function replayAll(rule: AlertRule, series: readonly (readonly Reading[])[]): Promise<readonly Firing[]> {
  const firings: Firing[] = [];
  for (const one of series) firings.push(...(await replay(rule, one)));
  return firings;
}

async function replay(rule: AlertRule, series: readonly Reading[]): Promise<readonly Firing[]> {
  const [first] = series;
  if (!first) return [];
  const longestMs = longestStep(series);
  // Stored readings may lie further apart than live ones.
  const judged: AlertRule = { ...rule, enabled: true, noData: 'keep', expectedEveryMs: longestMs };
  const firings: Firing[] = [];
  let now: Moment = { wallMs: first.atMs, observedMs: 0, settled: true };
  let instance = newInstance(judged, first.target, now);

  const hand = (event: Parameters<typeof step>[2]): void => {
    const next = step(judged, instance, event, now);
    instance = next.instance;
    for (const { from, to, atMs, value } of next.transitions) {
      if (to === 'firing' && from === 'pending') {
        firings.push({ target: instance.target, fromMs: atMs, untilMs: null, peak: value ?? judged.fire });
      }
      if (to === 'resolved' && from === 'recovering') closeLast(firings, atMs);
    }
  };

  for (const [index, { value, atMs, detail }] of series.entries()) {
    if (index % STEPS_AT_ONCE === STEPS_AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve));
    const passedMs = atMs - now.wallMs > longestMs ? 0 : Math.max(0, atMs - now.wallMs);
    const arrived: Moment = { ...now, wallMs: atMs, observedMs: now.observedMs + passedMs };
    const dueMs = dueIn(judged, instance, now);
    if (dueMs !== null && dueMs < passedMs) {
      now = { ...now, wallMs: now.wallMs + dueMs, observedMs: now.observedMs + dueMs };
      hand({ kind: 'tick' });
    }
    now = arrived;
    hand({ kind: 'reading', value, atMs, detail });
    if (instance.state === 'firing' && value !== null) raisePeak(firings, judged, value);
  }
  return firings;
}

/** Observed time until the running timer is up; null when none is. */
function dueIn(rule: AlertRule, { state, sinceObservedMs, reopens }: Instance, now: Moment): number | null {
  if (state === 'pending') return Math.max(0, sinceObservedMs + rule.forMs - now.observedMs);
  if (state === 'recovering') return Math.max(0, sinceObservedMs + holdMs(rule, { reopens }) - now.observedMs);
  return null;
}

function closeLast(firings: Firing[], untilMs: number): void {
  const last = firings.at(-1);
  if (last) firings[firings.length - 1] = { ...last, untilMs };
}

function raisePeak(firings: Firing[], { comparison }: AlertRule, value: number): void {
  const last = firings.at(-1);
  if (!last) return;
  const peak = comparison === 'above' ? Math.max(last.peak, value) : Math.min(last.peak, value);
  firings[firings.length - 1] = { ...last, peak };
}

function longestStep(series: readonly Reading[]): number {
  const steps = series
    .slice(1)
    .map(({ atMs }, index) => atMs - (series[index]?.atMs ?? atMs))
    .sort((a, b) => a - b);
  return GAP_FACTOR * (steps[Math.floor(steps.length / 2)] ?? 1_000);
}

function observedIn(series: readonly Reading[]): number {
  const longestMs = longestStep(series);
  return series.slice(1).reduce((sum, { atMs }, index) => {
    const stepMs = atMs - (series[index]?.atMs ?? atMs);
    return sum + (stepMs <= longestMs ? stepMs : 0);
  }, 0);
}

/** Searches the values that occurred for the mildest level that fires about once a week or less. */
async function suggest(
  rule: AlertRule,
  series: readonly (readonly Reading[])[],
  coveredMs: number,
): Promise<BackTest['suggested']> {
  const above = rule.comparison === 'above';
  const values = series
    .flat()
    .flatMap(({ value }) => value ?? [])
    .sort((a, b) => (above ? a - b : b - a));
  const strict = values.at(-1);
  if (strict === undefined || coveredMs === 0) return null;
  // Halving what lies beyond: rare values are the ones that matter.
  const levels = Array.from({ length: Math.ceil(Math.log2(values.length)) + 1 }, (_, power) => {
    return values[Math.floor((values.length - 1) * (1 - 0.5 ** power))] ?? strict;
  });
  const allowed = Math.max(1, Math.floor(coveredMs / WEEK_MS));
  let low = 0;
  let high = levels.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const fire = levels[middle] ?? strict;
    const firings = await replayAll({ ...rule, fire, clear: clearFor(rule, fire) }, series);
    if (firings.length <= allowed && lasting(firings) <= QUIET_SHARE * coveredMs) high = middle;
    else low = middle + 1;
  }
  return { quiet: levels[low] ?? strict, strict };
}

/** What still fires at the end counts as quiet only if it is the worst there was. */
function lasting(firings: readonly Firing[]): number {
  return firings.reduce((sum, { fromMs, untilMs }) => sum + (untilMs === null ? Infinity : untilMs - fromMs), 0);
}

/** As far from the level as in the rule. */
function clearFor({ fire, clear }: AlertRule, level: number): number {
  return fire === 0 ? level : level * (clear / fire);
}
