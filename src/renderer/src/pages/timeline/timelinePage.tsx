// Timeline: what every collector did at every time, under what they share, so that a common cause is seen as a stripe.
import { SegmentedControl } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import type { Timeline } from '../../../../shared/domain/timeline';
import { Age } from '../../components/age';
import { Notice } from '../../components/notice';
import { PageHeader } from '../../components/pageHeader';
import { Panel } from '../../components/panel';
import { rangeInWords } from '../../components/timeRange/rangeWords';
import { useHeld } from '../../hooks/useHeld';
import { useQuery } from '../../hooks/useQuery';
import { useTimeSpan } from '../../hooks/useTimeSpan';
import { useSnapshot } from '../../store/selectors';
import { Matrix } from './matrix';
import { rowsOf } from './matrixRows';
import { sharedStripes } from './stripes';
import { TimelineKey, TimelineLegend } from './timelineLegend';
import { summariseTimeline } from './timelineWords';
import { TimelineTables } from './timelineTables';
import { t } from '../../texts/texts';
import classes from './timeline.module.css';

const COLUMNS = 240;

type View = 'matrix' | 'table';

export function TimelinePage(): ReactNode {
  const span = useTimeSpan();
  const { fromMs, toMs } = span;
  const [view, setView] = useState<View>('matrix');
  const { data, error, asOfMs, refresh } = useQuery(
    'timeline.get',
    { fromMs, toMs, columns: COLUMNS },
    { identity: span.key, trigger: span.tick },
  );
  // Looking closer must not take the picture, and the focus in it, away.
  const shown = useHeld(data);
  const words = rangeInWords(span.range, span);
  return (
    <div className={classes.page} data-testid="page-timeline">
      <PageHeader title={t('timeline.title')} note={words}>
        <SegmentedControl
          aria-label={t('timeline.howShown')}
          data-testid="timeline-view"
          value={view}
          onChange={(value) => setView(value === 'table' ? 'table' : 'matrix')}
          data={[
            { value: 'matrix', label: t('timeline.picture') },
            { value: 'table', label: t('charts.viewAsTable') },
          ]}
        />
      </PageHeader>
      {shown !== null ? (
        <>
          {error !== null && (
            <p className={classes.stale} role="status">
              {asOfMs === null ? t('timeline.askedBefore') : <Age atMs={asOfMs} ago />}: {error.message}
            </p>
          )}
          <Told timeline={shown} view={view} words={words} />
        </>
      ) : error !== null ? (
        <Notice
          title={t('timeline.historyNotRead')}
          tone="error"
          action={{ label: t('common.tryAgain'), run: refresh }}
        >
          {t('timeline.collectingGoesOn', { message: error.message })}
        </Notice>
      ) : (
        <Notice title={t('timeline.readingHistory')}>{t('timeline.readingHistoryHint', { words })}</Notice>
      )}
    </div>
  );
}

interface ToldProps {
  readonly timeline: Timeline;
  readonly view: View;
  readonly words: string;
}

function Told({ timeline, view, words }: ToldProps): ReactNode {
  const names = useSnapshot((snapshot) => snapshot.collectors.map(({ id, title }) => `${id}\n${title}`));
  const titles = useMemo(() => new Map(names.map((name) => name.split('\n') as [string, string])), [names]);
  const rows = useMemo(() => rowsOf(timeline, titles), [timeline, titles]);
  const stripes = useMemo(() => sharedStripes(timeline), [timeline]);
  if (timeline.collectors.length === 0) {
    return <Notice title={t('now.noCollectors')}>{t('now.noCollectorsHint')}</Notice>;
  }
  if (timeline.collectors.every(({ segments }) => segments.length === 0)) {
    return <Notice title={t('timeline.noRunDue', { words })}>{t('timeline.noRunDueHint')}</Notice>;
  }
  const summary = summariseTimeline(timeline, titles);
  return (
    <>
      <p className={classes.summary} data-testid="timeline-summary">
        {summary}
      </p>
      <Panel
        title={view === 'matrix' ? t('timeline.collectorsOverTime') : t('timeline.sameAsTables')}
        aside={<TimelineLegend />}
      >
        {view === 'matrix' ? (
          <>
            <Matrix rows={rows} stripes={stripes} fromMs={timeline.fromMs} toMs={timeline.toMs} summary={summary} />
            <TimelineKey rows={rows} />
          </>
        ) : (
          <TimelineTables timeline={timeline} titles={titles} />
        )}
      </Panel>
      {view === 'matrix' && <p className={classes.help}>{t('timeline.keysHint')}</p>}
    </>
  );
}
