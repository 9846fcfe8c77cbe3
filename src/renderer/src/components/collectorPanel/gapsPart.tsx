// Stretches without data: when nobody ran it, and for candles the bars that are missing, with the way to fetch them.
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { SeriesGapReport } from '../../../../shared/contract/gaps';
import type { CollectorState } from '../../../../shared/contract/snapshot';
import type { CollectorId, SlotOutcome } from '../../../../shared/domain/collector';
import type { SlotSegment } from '../../../../shared/domain/timeline';
import { formatCount, formatDateTime, formatDuration, formatUtc } from '../../../../shared/util/format';
import { useQuery } from '../../hooks/useQuery';
import { useSnapshot } from '../../store/selectors';
import { OperationList } from '../operations/operationList';
import { shortWord, TICK_LOOKS } from '../tickGrammar';
import { BackfillDialog } from './backfillDialog';
import { Part } from './part';
import { t } from '../../texts/texts';
import classes from './collectorPanel.module.css';

/** Collectors whose data the source still has later. */
const CANDLES: ReadonlySet<CollectorId> = new Set(['ohlcv', 'backfill']);
const WITHOUT_RUN: ReadonlySet<SlotOutcome> = new Set([
  'missed',
  'skipped_asleep',
  'skipped_paused',
  'skipped_spooling',
  'skipped_throttled',
  'skipped_cooldown',
]);
const SHOWN = 5;
/** Looks through every series: often enough to see it shrink. */
const REFRESH_MS = 60_000;

interface GapsPartProps {
  readonly collector: CollectorState;
  readonly segments: readonly SlotSegment[];
  readonly words: string;
}

export function GapsPart({ collector, segments, words }: GapsPartProps): ReactNode {
  const stretches = gapsOf(segments);
  const hasCandles = CANDLES.has(collector.id);
  return (
    <Part title={t('collector.gaps')} aside={words} testId="panel-gaps">
      {stretches.length === 0 ? (
        <p className={classes.none}>{t('collector.noGaps')}</p>
      ) : (
        <ul className={classes.list}>
          {stretches.slice(0, SHOWN).map((gap) => (
            <li key={`${gap.fromMs} ${gap.outcome}`}>
              <span className={classes.listHead}>
                <strong>{shortWord(TICK_LOOKS[gap.outcome])}</strong>
                <span className={classes.faint} title={formatUtc(gap.fromMs)}>
                  {formatDateTime(gap.fromMs)}, {formatDuration(gap.toMs - gap.fromMs)},{' '}
                  {t('common.slots', { count: gap.slots })}
                </span>
              </span>
              {gap.detail !== null && <span className={classes.words}>{gap.detail}</span>}
            </li>
          ))}
        </ul>
      )}
      {stretches.length > SHOWN && (
        <p className={classes.none}>
          {t('collector.andMore', { stretches: t('collector.moreStretches', { count: stretches.length - SHOWN }) })}
        </p>
      )}
      {hasCandles ? (
        <CandleGaps />
      ) : (
        stretches.length > 0 && <p className={classes.none}>{t('collector.notShownLater')}</p>
      )}
    </Part>
  );
}

/** Neighbouring slots without a run for one reason are one gap; the newest first. */
export function gapsOf(segments: readonly SlotSegment[]): readonly SlotSegment[] {
  const gaps: SlotSegment[] = [];
  for (const segment of segments) {
    if (!WITHOUT_RUN.has(segment.outcome)) continue;
    const last = gaps.at(-1);
    if (last?.outcome === segment.outcome && segment.fromMs <= last.toMs) {
      gaps[gaps.length - 1] = { ...last, toMs: segment.toMs, slots: last.slots + segment.slots };
    } else gaps.push(segment);
  }
  return gaps.reverse();
}

const ALL = { poolIds: null, bars: null, days: null } as const;

function CandleGaps(): ReactNode {
  const { data, error } = useQuery('gaps.list', ALL, { everyMs: REFRESH_MS });
  const work = useSnapshot((snapshot) => snapshot.operations.filter(({ kind }) => kind === 'backfill').slice(0, 1));
  const [opened, setOpened] = useState(false);
  const isRunning = work.some(({ endedAtMs }) => endedAtMs === null);
  const incomplete = (data?.series ?? []).filter(({ missing }) => missing > 0);
  return (
    <div className={classes.candles}>
      <p className={classes.summary} data-testid="candle-gaps">
        {data === null ? (error?.message ?? t('collector.lookingForMissing')) : summariseGaps(data.series)}
      </p>
      {incomplete.length > 0 && (
        <ul className={classes.list}>
          {incomplete
            .toSorted((a, b) => b.missing - a.missing)
            .slice(0, SHOWN)
            .map((series) => (
              <li key={series.label}>
                <span className={classes.listHead}>
                  <strong>{series.label}</strong>
                  <span className={classes.faint}>
                    {t('collector.missingOf', {
                      missing: formatCount(series.missing),
                      expected: t('common.bars', { count: series.expected }),
                    })}
                  </span>
                </span>
              </li>
            ))}
        </ul>
      )}
      <OperationList operations={work} />
      {incomplete.length > 0 && !isRunning && (
        <Button data-testid="panel-backfill" onClick={() => setOpened(true)}>
          {t('collector.backfillAsk')}
        </Button>
      )}
      <BackfillDialog opened={opened} onClose={() => setOpened(false)} />
    </div>
  );
}

export function summariseGaps(series: readonly SeriesGapReport[]): string {
  if (series.length === 0) return t('collector.noCandlesYet');
  const missing = series.reduce((sum, each) => sum + each.missing, 0);
  const omitted = series.reduce((sum, each) => sum + each.omitted, 0);
  const whole = series.filter((each) => each.missing === 0).length;
  const head =
    missing === 0
      ? t('collector.allComplete', { series: t('collector.series', { count: series.length }) })
      : t('collector.missingIn', {
          missing: t('common.candles', { count: missing }),
          some: series.length - whole,
          series: t('collector.series', { count: series.length }),
        });
  return t('collector.sourceHasNone', { head, omitted: t('common.bars', { count: omitted }) });
}
