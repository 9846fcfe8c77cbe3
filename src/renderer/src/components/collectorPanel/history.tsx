// What the collector did in the chosen time: its slots, how long runs took, what they brought, how old the data became, the breaker
// of its host, errors, stretches without runs.
import { type ReactNode, useMemo } from 'react';
import type { CollectorState } from '../../../../shared/contract/snapshot';
import type { CollectorHistory } from '../../../../shared/domain/timeline';
import { formatShare } from '../../../../shared/util/format';
import { type ChosenSpan, useTimeSpan } from '../../hooks/useTimeSpan';
import { useHeld } from '../../hooks/useHeld';
import { useQuery } from '../../hooks/useQuery';
import { runNow } from '../collectors/collectorOrders';
import { Notice } from '../notice';
import { rangeInWords } from '../timeRange/rangeWords';
import { laneMarks, slotMarks, totalsOf } from '../timeline/marks';
import { Track } from '../timeline/track';
import { countedOutcome } from '../tickGrammar';
import { AvailabilityPart } from './availabilityPart';
import { ErrorsPart } from './errorsPart';
import { EventsPart } from './eventsPart';
import { GapsPart } from './gapsPart';
import { AgeChart, DurationChart, RowsChart } from './historyCharts';
import { Part } from './part';
import { t } from '../../texts/texts';
import classes from './collectorPanel.module.css';

const COLUMNS = 120;

export function History({ collector }: { readonly collector: CollectorState }): ReactNode {
  const span = useTimeSpan();
  const { fromMs, toMs } = span;
  const { data, error, refresh } = useQuery(
    'collector.history',
    { collectorId: collector.id, fromMs, toMs, columns: COLUMNS },
    { identity: `${collector.id} ${span.key}`, trigger: `${span.tick} ${collector.lastRun?.id}` },
  );
  const shown = useHeld(data);
  if (shown === null && error !== null) {
    return (
      <Notice title={t('collector.historyNotRead')} tone="error" action={{ label: t('common.tryAgain'), run: refresh }}>
        {t('timeline.collectingGoesOn', { message: error.message })}
      </Notice>
    );
  }
  if (shown === null) return <Notice title={t('collector.readingHistory')} />;
  return (
    <>
      {error !== null && (
        <p className={classes.stale} role="status">
          {t('collector.asOfAMoment', { message: error.message })}
        </p>
      )}
      <Told history={shown} collector={collector} span={span} />
    </>
  );
}

interface ToldProps {
  readonly history: CollectorHistory;
  readonly collector: CollectorState;
  readonly span: ChosenSpan;
}

function Told({ history, collector, span }: ToldProps): ReactNode {
  const { segments, breaker, errors, events, fromMs, toMs } = history;
  const slots = useMemo(() => slotMarks(segments), [segments]);
  const turns = useMemo(() => laneMarks(breaker), [breaker]);
  const words = rangeInWords(span.range, span);
  if (collector.lastRun === null && segments.length === 0) {
    return (
      <Notice
        title={t('collector.notRunYet')}
        action={{ label: t('collector.runItNow'), run: () => void runNow(collector) }}
      >
        {t('collector.notRunYetHint')}
      </Notice>
    );
  }
  const summary = summariseSlots(segments);
  return (
    <>
      <Part title={t('collector.slots')} aside={words} testId="panel-slots">
        {segments.length === 0 ? (
          <p className={classes.none}>{t('collector.noRunDue', { words })}</p>
        ) : (
          <>
            <Track marks={slots} title={collector.title} summary={summary} fromMs={fromMs} toMs={toMs} />
            <p className={classes.summary}>{summary}</p>
          </>
        )}
      </Part>
      <DurationChart history={history} collector={collector} words={words} />
      <RowsChart history={history} />
      <AgeChart history={history} collector={collector} />
      <Part title={t('collector.breakerOfApi')} aside={words} testId="panel-breaker">
        {breaker.length === 0 ? (
          <p className={classes.none}>{t('collector.closedAllTheTime')}</p>
        ) : (
          <>
            <Track
              marks={turns}
              title={t('collector.breaker')}
              summary={summariseBreaker(history)}
              fromMs={fromMs}
              toMs={toMs}
            />
            <p className={classes.summary}>{summariseBreaker(history)}</p>
          </>
        )}
      </Part>
      <AvailabilityPart collectorId={collector.id} span={span} />
      <GapsPart collector={collector} segments={segments} words={words} />
      <ErrorsPart errors={errors} words={words} />
      <EventsPart events={events} words={words} />
    </>
  );
}

/** "240 slots: 236 OK, 4 failed; 98.3 % fine." */
export function summariseSlots(segments: CollectorHistory['segments']): string {
  const { slots, fine, counts } = totalsOf(segments);
  if (slots === 0) return t('collector.noSlots');
  const parts = counts.map(([outcome, count]) => countedOutcome(outcome, count));
  return t('collector.slotsSummary', {
    slots: t('common.slots', { count: slots }),
    parts: parts.join(', '),
    share: formatShare(fine / slots),
  });
}

/** How often and for how long the host was out of reach. */
export function summariseBreaker({ breaker }: Pick<CollectorHistory, 'breaker'>): string {
  const probes = breaker.filter(({ state }) => state === 'half_open').length;
  const [first] = breaker;
  const cause = first === undefined ? '' : ` ${first.text}`;
  return t('collector.breakerSummary', {
    stretches: t('collector.stretches', { count: breaker.length - probes }),
    probes: t('common.times', { count: probes }),
    cause,
  });
}
