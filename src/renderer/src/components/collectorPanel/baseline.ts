// What the duration of a run is compared with, and what that figure is called. Pure.
import type { BaselineComparison, MetricComparison } from '../../../../shared/domain/series';
import { t } from '../../texts/texts';

export interface Baseline {
  readonly durationMs: number;
  /** "usual at this hour", to complete "… is 1.2 s". */
  readonly words: string;
}

/** The usual of this hour of the week, else what a person captured, else the same day of the week before; null for none of them. */
export function chooseBaseline(
  usual: MetricComparison | null,
  captured: BaselineComparison | null,
  collectorId: string,
): Baseline | null {
  if (usual?.usual) return { durationMs: usual.usual.median, words: t('collector.baseline.hour') };
  const line = captured?.lines.find(
    ({ metric, target }) => metric === 'collector.duration' && target.kind === 'collector' && target.id === collectorId,
  );
  if (line) return { durationMs: line.captured.p50, words: t('collector.baseline.captured') };
  if (usual?.weekBefore) return { durationMs: usual.weekBefore.p50, words: t('collector.baseline.week') };
  return null;
}
