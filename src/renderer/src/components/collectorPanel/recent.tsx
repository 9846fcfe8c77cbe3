// The latest runs, one row each.
import type { ReactNode } from 'react';
import type { CollectorSlice } from '../../../../shared/contract/snapshot';
import type { RunReport } from '../../../../shared/domain/collector';
import { formatClock, formatCount, formatDateTime, formatDuration, formatUtc } from '../../../../shared/util/format';
import { useQuery } from '../../hooks/useQuery';
import plain from '../plainTable.module.css';
import { RunLogLink } from '../runLogLink';
import { StatusMark, type StatusLook } from '../status/statusMark';
import { Part } from './part';
import classes from './collectorPanel.module.css';

const SHOWN = 15;
const DAY_MS = 24 * 3_600_000;

const OUTCOME_LOOKS: Readonly<Record<RunReport['outcome'], StatusLook>> = {
  ok: { tone: 'ok', word: 'OK' },
  partial: { tone: 'degraded', word: 'Partial' },
  failed: { tone: 'down', word: 'Failed' },
  throttled: { tone: 'late', word: 'Throttled' },
  cancelled: { tone: 'paused', word: 'Cancelled' },
};

const TRIGGER_WORDS: Readonly<Record<RunReport['trigger'], string>> = {
  schedule: 'by schedule',
  manual: 'by hand',
  recovery: 'extra attempt',
};

export function Recent({ collector }: { readonly collector: CollectorSlice }): ReactNode {
  const { data, error } = useQuery(
    'runs.list',
    { collectorId: collector.id, limit: SHOWN },
    { trigger: collector.lastRun?.id ?? null },
  );
  const runs = data?.runs ?? [];
  return (
    <Part title="Latest runs" testId="panel-runs">
      {runs.length === 0 ? (
        <p className={classes.none}>
          {error !== null ? error.message : data === null ? 'Reading…' : 'There is none on record.'}
        </p>
      ) : (
        <table className={plain.table}>
          <caption className="pw-visually-hidden">Latest runs, newest first</caption>
          <thead>
            <tr>
              <th scope="col">Began</th>
              <th scope="col">Outcome</th>
              <th scope="col" data-number>
                Took
              </th>
              <th scope="col" data-number>
                New / changed
              </th>
              <th scope="col" data-number>
                Calls
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
        <td title={`${formatUtc(run.startedAtMs)}, ${TRIGGER_WORDS[run.trigger]}`}>
          <RunLogLink runId={run.id} of="this run">
            {isOld ? formatDateTime(run.startedAtMs) : formatClock(run.startedAtMs)}
          </RunLogLink>
        </td>
        <td>
          <StatusMark tone={look.tone} word={look.word} size={11} />
        </td>
        <td data-number>{formatDuration(run.durationMs)}</td>
        <td data-number>
          {formatCount(run.inserted)} / {formatCount(run.changed)}
        </td>
        <td data-number>
          {formatCount(run.calls)}
          {run.throttles > 0 && <span className={classes.throttled}> ({formatCount(run.throttles)} throttled)</span>}
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
