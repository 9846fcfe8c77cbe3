// What was seen over the whole watch. Pure.
import type { HealthLevel } from '../../../shared/domain/health';
import { formatDuration, formatQuantity } from '../../../shared/util/format';
import { isWorse } from '../../engine/health/verdict';
import type { Turn } from './crossings';
import type { MonitorSample } from './samples';

export interface Episode {
  readonly key: string;
  /** The worst that it was. */
  readonly level: HealthLevel;
  readonly text: string;
  readonly sinceMs: number;
  /** Null while it lasts. */
  readonly untilMs: number | null;
}

export interface MonitorSummary {
  readonly samples: number;
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** The worst of all samples. */
  readonly worst: HealthLevel;
  /** Samples in which a database did not give its write lock. */
  readonly withoutWriteLock: number;
  /** Everything that was out of order, in the order of its beginning. */
  readonly episodes: readonly Episode[];
}

export const EMPTY_SUMMARY: MonitorSummary = {
  ...{ samples: 0, fromMs: null, toMs: null, worst: 'ok', withoutWriteLock: 0, episodes: [] },
};

export function addSample(summary: MonitorSummary, sample: MonitorSample, { began, ended }: Turn): MonitorSummary {
  const over = new Set(ended.map(({ key }) => key));
  const worse = new Map(began.map((crossing) => [crossing.key, crossing]));
  const lasting = summary.episodes.map((episode): Episode => {
    if (episode.untilMs !== null) return episode;
    if (over.has(episode.key)) return { ...episode, untilMs: sample.atMs };
    const { level, text } = worse.get(episode.key) ?? episode;
    return { ...episode, level, text };
  });
  const known = new Set(lasting.filter(({ untilMs }) => untilMs === null).map(({ key }) => key));
  const begun = began
    .filter(({ key }) => !known.has(key))
    .map((crossing): Episode => ({ ...crossing, sinceMs: sample.atMs, untilMs: null }));
  return {
    samples: summary.samples + 1,
    fromMs: summary.fromMs ?? sample.atMs,
    toMs: sample.atMs,
    worst: isWorse(sample.level, summary.worst) ? sample.level : summary.worst,
    withoutWriteLock: summary.withoutWriteLock + (sample.databases.some(({ writeMs }) => writeMs === null) ? 1 : 0),
    episodes: [...lasting, ...begun],
  };
}

/** One sentence for people. */
export function monitorSummaryWords({
  samples,
  fromMs,
  toMs,
  worst,
  withoutWriteLock,
  episodes,
}: MonitorSummary): string {
  const span = formatDuration((toMs ?? 0) - (fromMs ?? 0));
  const out =
    episodes.length === 0
      ? 'nothing was out of order'
      : `${formatQuantity(episodes.length, 'thing')} out of order, the worst ${worst}`;
  const lock = withoutWriteLock === 0 ? '' : `; no write lock in ${withoutWriteLock} of them`;
  return `${formatQuantity(samples, 'look')} in ${span}${lock}: ${out}.`;
}
