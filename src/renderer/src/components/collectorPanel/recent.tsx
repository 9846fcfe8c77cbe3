// The latest runs, one row each.
import type { ReactNode } from 'react';
import type { CollectorState } from '../../../../shared/contract/snapshot';
import type { RunReport } from '../../../../shared/domain/collector';
import { formatClock, formatCount, formatDateTime, formatDuration, formatUtc } from '../../../../shared/util/format';
import { useQuery } from '../../hooks/useQuery';
import plain from '../plainTable.module.css';
import { RunLogLink } from '../runLogLink';
import { StatusMark, type StatusLook } from '../status/statusMark';
import { Part } from './part';
import { t } from '../../texts/texts';
import classes from './collectorPanel.module.css';

const SHOWN = 15;
const DAY_MS = 24 * 3_600_000;

const OUTCOME_LOOKS: Readonly<Record<RunReport['outcome'], StatusLook>> = {
  ok: { tone: 'ok', wordKey: 'collector.outcome.ok' },
  partial: { tone: 'degraded', wordKey: 'collector.outcome.partial' },
  failed: { tone: 'down', wordKey: 'collector.outcome.failed' },
  throttled: { tone: 'late', wordKey: 'collector.outcome.throttled' },
  cancelled: { tone: 'paused', wordKey: 'collector.outcome.cancelled' },
};

export function Recent({ collector }: { readonly collector: CollectorState }): ReactNode {
  const { data, error } = useQuery(
    'runs.list',
    { collectorId: collector.id, limit: SHOWN },
    { trigger: collector.lastRun?.id ?? null },
  );
  const runs = data?.runs ?? [];
  return (
    <Part title={t('collector.latestRuns')} testId="panel-runs">
      {runs.length === 0 ? (
        <p className={classes.none}>
          {error !== null ? error.message : data === null ? t('collector.reading') : t('collector.noneOnRecord')}
        </p>
      ) : (
        <table className={plain.table}>
          <caption className="pw-visually-hidden">{t('collector.latestRunsCaption')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('collector.columnBegan')}</th>
              <th scope="col">{t('collector.columnOutcome')}</th>
              <th scope="col" data-number>
                {t('collector.columnTook')}
              </th>
              <th scope="col" data-number>
                {t('collector.columnRows')}
              </th>
              <th scope="col" data-number>
                {t('collector.columnCalls')}
              </th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <Run key={run.id} run={run} />
            ))}
          </tbody>
        </table>
      )}
    </Part>
  );
}

function Run({ run }: { readonly run: RunReport }): ReactNode {
  const isOld = Date.now() - run.startedAtMs > DAY_MS;
  const look = OUTCOME_LOOKS[run.outcome];
  return (
    <>
      <tr>
        <td title={`${formatUtc(run.startedAtMs)}, ${t(`collector.trigger.${run.trigger}`)}`}>
          <RunLogLink runId={run.id} of={t('collector.thisRun')}>
            {isOld ? formatDateTime(run.startedAtMs) : formatClock(run.startedAtMs)}
          </RunLogLink>
        </td>
        <td>
          <StatusMark tone={look.tone} word={t(look.wordKey)} size={11} />
        </td>
        <td data-number>{formatDuration(run.durationMs)}</td>
        <td data-number>
          {formatCount(run.inserted)} / {formatCount(run.changed)}
        </td>
        <td data-number>
          {formatCount(run.calls)}
          {run.throttles > 0 && (
            <span className={classes.throttled}>
              {' '}
              {t('collector.throttledCalls', { throttles: formatCount(run.throttles) })}
            </span>
          )}
        </td>
      </tr>
      {run.error !== null && (
        <tr className={plain.beneath}>
          <td colSpan={5}>{run.error.message}</td>
        </tr>
      )}
    </>
  );
}
