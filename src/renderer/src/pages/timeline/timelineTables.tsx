// The picture as tables: what was shared, newest first, and every collector, worst first.
import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Timeline } from '../../../../shared/domain/timeline';
import {
  formatCount,
  formatDateTime,
  formatDuration,
  formatShare,
  formatUtc,
  NO_VALUE,
} from '../../../../shared/util/format';
import { LANE_LOOKS } from '../../components/timeline/marks';
import plain from '../../components/plainTable.module.css';
import { shortWord, TICK_LOOKS } from '../../components/tickGrammar';
import { navigateAlerts, openCollector } from '../../store/route';
import { type CollectorSummary, summariseCollectors } from './timelineWords';
import { t } from '../../texts/texts';
import classes from './timeline.module.css';

const MOST_SPANS = 200;

interface TimelineTablesProps {
  readonly timeline: Timeline;
  readonly titles: ReadonlyMap<string, string>;
}

export function TimelineTables({ timeline, titles }: TimelineTablesProps): ReactNode {
  return (
    <div className={classes.tables} data-testid="timeline-tables">
      <Collectors summaries={summariseCollectors(timeline, titles)} />
      <Shared timeline={timeline} />
    </div>
  );
}

function Collectors({ summaries }: { readonly summaries: readonly CollectorSummary[] }): ReactNode {
  return (
    <table className={plain.table}>
      <caption>{t('now.collectorsCaption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('timeline.columnCollector')}</th>
          <th scope="col" data-number>
            {t('timeline.columnSlots')}
          </th>
          <th scope="col" data-number>
            {t('timeline.columnFine')}
          </th>
          <th scope="col">{t('timeline.columnLastBad')}</th>
        </tr>
      </thead>
      <tbody>
        {summaries.map(({ collectorId, title, slots, fine, lastBad }) => (
          <tr key={collectorId}>
            <th scope="row">
              <UnstyledButton className={classes.link} onClick={() => openCollector(collectorId)}>
                {title}
              </UnstyledButton>
            </th>
            <td data-number>{formatCount(slots)}</td>
            <td data-number>{slots === 0 ? NO_VALUE : formatShare(fine / slots)}</td>
            <td className={plain.words} title={lastBad === null ? undefined : formatUtc(lastBad.fromMs)}>
              {lastBad === null
                ? t('timeline.neverInThisTime')
                : `${formatDateTime(lastBad.fromMs)}: ${shortWord(TICK_LOOKS[lastBad.outcome])}${lastBad.detail === null ? '' : `. ${lastBad.detail}`}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Shared({ timeline }: { readonly timeline: Timeline }): ReactNode {
  const spans = timeline.lanes
    .flatMap(({ id, spans: own }) => own.map((span) => ({ lane: id, span })))
    .filter(({ span }) => span.state !== 'ok')
    .toSorted((a, b) => b.span.fromMs - a.span.fromMs)
    .slice(0, MOST_SPANS);
  if (spans.length === 0) return <p className={classes.none}>{t('timeline.nothingShared')}</p>;
  return (
    <table className={plain.table}>
      <caption>{t('timeline.sharedCaption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('timeline.columnFrom')}</th>
          <th scope="col" data-number>
            {t('timeline.columnLasted')}
          </th>
          <th scope="col">{t('timeline.columnLane')}</th>
          <th scope="col">{t('timeline.columnWhat')}</th>
          <th scope="col">{t('timeline.columnInWords')}</th>
        </tr>
      </thead>
      <tbody>
        {spans.map(({ lane, span }, index) => (
          <tr key={`${lane} ${span.fromMs} ${index}`}>
            <td title={formatUtc(span.fromMs)}>{formatDateTime(span.fromMs)}</td>
            <td data-number>{formatDuration(span.toMs - span.fromMs)}</td>
            <td>{t(`timeline.laneTitle.${lane}`)}</td>
            <td>{t(LANE_LOOKS[span.state].wordKey)}</td>
            <td className={plain.words}>
              <SpanText text={span.text} incidentId={span.incidentId} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function SpanText({ text, incidentId }: { readonly text: string; readonly incidentId: string | null }): ReactNode {
  if (incidentId === null) return text;
  return (
    <UnstyledButton className={classes.link} onClick={() => navigateAlerts('inbox', incidentId)}>
      {text}
    </UnstyledButton>
  );
}
