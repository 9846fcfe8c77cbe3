// Storage samples turned into lines and into one sentence. Pure.
import type { StorageSpanRow } from '../../../../shared/contract/timeline';
import { formatDuration } from '../../../../shared/util/format';
import type { LineSeries } from '../../components/charts/lineChart';
import { t } from '../../texts/texts';

/** A hole this many times the usual distance between samples is a hole in the line too. */
const GAP_FACTOR = 3;

/** Lines for commit p50, commit p95 and lock wait p95; a gap in the samples becomes a break. */
export function toLatencySeries(samples: readonly StorageSpanRow[]): readonly LineSeries[] {
  const line = (pick: (sample: StorageSpanRow) => number): LineSeries['points'] => withBreaks(samples, pick);
  return [
    { label: t('database.commitP95'), colour: 'accentInk', dash: [], points: line((sample) => sample.commitP95Ms) },
    { label: t('database.commitP50'), colour: 'inkFaint', dash: [], points: line((sample) => sample.commitP50Ms) },
    {
      label: t('database.lockWaitP95'),
      colour: 'degraded',
      dash: [4, 3],
      points: line((sample) => sample.lockWaitP95Ms),
    },
  ];
}

function withBreaks(
  samples: readonly StorageSpanRow[],
  pick: (sample: StorageSpanRow) => number,
): LineSeries['points'] {
  const longest = GAP_FACTOR * usualStepMs(samples);
  return samples.flatMap((sample, index) => {
    const point = { x: sample.atMs, y: pick(sample) };
    const before = samples[index - 1];
    if (before === undefined || sample.atMs - before.atMs <= longest) return [point];
    return [{ x: before.atMs + 1, y: Number.NaN }, point];
  });
}

function usualStepMs(samples: readonly StorageSpanRow[]): number {
  const steps = samples.slice(1).map((sample, index) => sample.atMs - (samples[index]?.atMs ?? sample.atMs));
  return steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)] ?? Number.POSITIVE_INFINITY;
}

/** The chart in words. */
export function summariseStorage(samples: readonly StorageSpanRow[], spanWords: string): string {
  const newest = samples.at(-1);
  if (newest === undefined) return t('database.noSamplesIn', { spanWords });
  const worstCommit = Math.max(...samples.map((sample) => sample.commitP95Ms));
  const worstWait = Math.max(...samples.map((sample) => sample.lockWaitMaxMs));
  return t('database.chartSummary', {
    commitP95Ms: formatDuration(newest.commitP95Ms),
    spanWords,
    worstCommit: formatDuration(worstCommit),
    worstWait: formatDuration(worstWait),
  });
}
