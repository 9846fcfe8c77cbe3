// One database: state and cause, figures, tables, and its latencies over time.
import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import type { DatabaseName, DatabaseStatus } from '../../../../shared/domain/database';
import { formatAge, formatBytes, formatCount, formatDuration, NO_VALUE } from '../../../../shared/util/format';
import { Age, Countdown } from '../../components/age';
import { Panel } from '../../components/panel';
import { WeekTable } from '../../components/week/weekTable';
import { STORE_LOOKS, StatusMark } from '../../components/status/statusMark';
import { useNow } from '../../hooks/useNow';
import { useSnapshot } from '../../store/selectors';
import { OperationList } from '../../components/operations/operationList';
import { DatabaseActions } from './databaseActions';
import { StorageChart } from './storageChart';
import { rich } from '../../texts/rich';
import { t } from '../../texts/texts';
import type { PlainTextKey } from '../../texts/textKeys';
import classes from './database.module.css';

const PURPOSES: Readonly<Record<DatabaseName, { readonly titleKey: PlainTextKey; readonly noteKey: PlainTextKey }>> = {
  market: { titleKey: 'database.name.market', noteKey: 'database.note.market' },
  monitor: { titleKey: 'database.name.monitor', noteKey: 'database.note.monitor' },
};

export function DatabaseCard({ name }: { readonly name: DatabaseName }): ReactNode {
  const status = useSnapshot((snapshot) => snapshot.databases.find((database) => database.name === name) ?? null);
  if (status === null) return null;
  const look = STORE_LOOKS[status.state];
  const { titleKey, noteKey } = PURPOSES[name];
  return (
    <Panel
      testId={`database-${name}`}
      title={
        <span className={classes.cardTitle}>
          {t(titleKey)}
          <Tooltip label={status.path}>
            <span className={classes.purpose}>
              {fileName(status.path)} · {t(noteKey)}
            </span>
          </Tooltip>
        </span>
      }
      aside={<StatusMark tone={look.tone} word={t(look.wordKey)} />}
    >
      <div className={classes.card}>
        {status.cause !== null && (
          <p className={classes.cause} data-state={status.state}>
            {status.cause}
          </p>
        )}
        <DatabaseActions status={status} />
        <Operations database={name} />
        {status.holder !== null && <Holder holder={status.holder} />}
        <Figures status={status} />
        <WeekTable target={{ kind: 'database', id: name }} />
        <StorageChart database={name} />
        <Tables status={status} />
      </div>
    </Panel>
  );
}

/** What runs on this database, else how the last thing ended. */
function Operations({ database }: { readonly database: DatabaseName }): ReactNode {
  const operations = useSnapshot((snapshot) => snapshot.operations);
  const own = operations.filter(({ subject }) => subject === database);
  const running = own.filter(({ endedAtMs }) => endedAtMs === null);
  return <OperationList operations={running.length > 0 ? running : own.slice(0, 1)} />;
}

function fileName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}

function Holder({ holder }: { readonly holder: NonNullable<DatabaseStatus['holder']> }): ReactNode {
  const held = useNow((nowMs) => formatAge(nowMs - holder.sinceMs));
  const who = t('common.programProcess', { program: holder.program ?? t('common.aProgram'), pid: holder.pid });
  return (
    <p className={classes.holder}>
      {rich('database.lockHeld', {
        certainty: holder.certainty === 'exact' ? t('database.heldBy', { who }) : t('database.mayHold', { who }),
        held,
        command: holder.command !== null && <code className="pw-mono"> {holder.command}</code>,
      })}
    </p>
  );
}

interface FigureProps {
  readonly label: string;
  readonly value: ReactNode;
  readonly note?: ReactNode;
  /** Draws the eye: a figure that should be zero and is not. */
  readonly alarming?: boolean;
}

function Figure({ label, value, note, alarming = false }: FigureProps): ReactNode {
  return (
    <div className={classes.figure} data-alarming={alarming || undefined}>
      <dt>{label}</dt>
      <dd>
        {value}
        {note !== undefined && <span className={classes.figureNote}> {note}</span>}
      </dd>
    </div>
  );
}

function Figures({ status }: { readonly status: DatabaseStatus }): ReactNode {
  const { commitLatency: commit, lockWait, breaker, spool } = status;
  return (
    <dl className={classes.figures}>
      <Figure
        label={t('database.file')}
        value={formatBytes(status.sizeBytes)}
        note={t('database.schema', { schemaVersion: status.schemaVersion })}
      />
      <Figure label={t('database.log')} value={formatBytes(status.walBytes)} />
      <Figure
        label={t('database.commits')}
        value={formatCount(status.commits)}
        note={
          status.lastCommitAtMs === null
            ? t('database.noneYet')
            : rich('database.last', { age: <Age atMs={status.lastCommitAtMs} ago /> })
        }
      />
      <Figure
        label={t('database.commitP50P95')}
        value={commit.count === 0 ? NO_VALUE : `${formatDuration(commit.p50Ms)} / ${formatDuration(commit.p95Ms)}`}
      />
      <Figure
        label={t('database.lockWaitP95')}
        value={lockWait.count === 0 ? NO_VALUE : formatDuration(lockWait.p95Ms)}
        note={lockWait.count === 0 ? undefined : t('database.max', { maxMs: formatDuration(lockWait.maxMs) })}
      />
      <Figure label={t('database.busyRetries')} value={formatCount(status.busyRetries)} />
      <Figure label={t('database.rowsWritten')} value={formatCount(status.rowsWritten)} />
      <Figure
        label={t('database.rowsRejected')}
        value={formatCount(status.rowsRejected)}
        alarming={status.rowsRejected > 0}
      />
      <Figure label={t('database.queue')} value={t('common.batches', { count: status.queuedBatches })} />
      <Figure
        label={t('database.spool')}
        value={spool.batches === 0 ? t('database.empty') : t('common.batches', { count: spool.batches })}
        note={
          spool.batches > 0
            ? formatBytes(spool.bytes)
            : spool.replayed > 0
              ? t('database.replayed', { replayed: formatCount(spool.replayed) })
              : undefined
        }
        alarming={spool.batches > 0}
      />
      <Figure
        label={t('database.breaker')}
        value={t(`database.breakerState.${breaker.state}`)}
        note={<BreakerNote breaker={breaker} />}
        alarming={breaker.state !== 'closed'}
      />
      <Figure label={t('database.rowsLost')} value={formatCount(spool.lost)} alarming={spool.lost > 0} />
    </dl>
  );
}

/** Why it is open, and when it is tried next. */
function BreakerNote({ breaker }: { readonly breaker: DatabaseStatus['breaker'] }): ReactNode {
  const { nextProbeAtMs, reason, sinceMs } = breaker;
  if (reason === null) return <Age atMs={sinceMs} />;
  return (
    <>
      {t(`database.openReason.${reason}`)}
      {nextProbeAtMs !== null &&
        rich('database.probeIn', { countdown: <Countdown atMs={nextProbeAtMs} due={t('common.aMoment')} /> })}
    </>
  );
}

function Tables({ status }: { readonly status: DatabaseStatus }): ReactNode {
  if (status.tables.length === 0) return null;
  return (
    <table className={classes.tables}>
      <caption className="pw-visually-hidden">{t('database.rowsPerTable')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('database.columnTable')}</th>
          <th scope="col">{t('database.columnRows')}</th>
        </tr>
      </thead>
      <tbody>
        {status.tables.map(({ name, rows }) => (
          <tr key={name}>
            <th scope="row" className="pw-mono">
              {name}
            </th>
            <td>{formatCount(rows)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
