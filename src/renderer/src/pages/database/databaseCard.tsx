// One database: state and cause, figures, tables, and its latencies over time.
import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import type { DatabaseName, DatabaseStatus, OpenReason } from '../../../../shared/domain/database';
import {
  formatAge,
  formatBytes,
  formatCount,
  formatDuration,
  formatQuantity,
  NO_VALUE,
} from '../../../../shared/util/format';
import { Age, Countdown } from '../../components/age';
import { Panel } from '../../components/panel';
import { STORE_LOOKS, StatusMark } from '../../components/status/statusMark';
import { useNow } from '../../hooks/useNow';
import { useSnapshot } from '../../store/selectors';
import { OperationList } from '../../components/operations/operationList';
import { DatabaseActions } from './databaseActions';
import { StorageChart } from './storageChart';
import classes from './database.module.css';

const PURPOSES: Readonly<Record<DatabaseName, { readonly title: string; readonly note: string }>> = {
  market: { title: 'Market', note: 'collected pools, tokens and candles' },
  monitor: { title: 'Monitor', note: 'what Poolwatch knows about itself' },
};

export function DatabaseCard({ name }: { readonly name: DatabaseName }): ReactNode {
  const status = useSnapshot((snapshot) => snapshot.databases.find((database) => database.name === name) ?? null);
  if (status === null) return null;
  const look = STORE_LOOKS[status.state];
  const { title, note } = PURPOSES[name];
  return (
    <Panel
      testId={`database-${name}`}
      title={
        <span className={classes.cardTitle}>
          {title}
          <Tooltip label={status.path}>
            <span className={classes.purpose}>
              {fileName(status.path)} · {note}
            </span>
          </Tooltip>
        </span>
      }
      aside={<StatusMark tone={look.tone} word={look.word} />}
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
  const who = `${holder.program ?? 'a program'} (process ${holder.pid})`;
  return (
    <p className={classes.holder}>
      {holder.certainty === 'exact'
        ? `The write lock is held by ${who}`
        : `${who} has the file open and may hold the lock`}
      , for {held}.{holder.command !== null && <code className="pw-mono"> {holder.command}</code>}
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
      <Figure label="File" value={formatBytes(status.sizeBytes)} note={`schema ${status.schemaVersion}`} />
      <Figure label="Write-ahead log" value={formatBytes(status.walBytes)} />
      <Figure
        label="Commits"
        value={formatCount(status.commits)}
        note={
          status.lastCommitAtMs === null ? (
            'none yet'
          ) : (
            <>
              last <Age atMs={status.lastCommitAtMs} suffix=" ago" />
            </>
          )
        }
      />
      <Figure
        label="Commit p50 / p95"
        value={commit.count === 0 ? NO_VALUE : `${formatDuration(commit.p50Ms)} / ${formatDuration(commit.p95Ms)}`}
      />
      <Figure
        label="Lock wait p95"
        value={lockWait.count === 0 ? NO_VALUE : formatDuration(lockWait.p95Ms)}
        note={lockWait.count === 0 ? undefined : `max ${formatDuration(lockWait.maxMs)}`}
      />
      <Figure label="Busy retries" value={formatCount(status.busyRetries)} />
      <Figure label="Rows written" value={formatCount(status.rowsWritten)} />
      <Figure label="Rows rejected" value={formatCount(status.rowsRejected)} alarming={status.rowsRejected > 0} />
      <Figure label="Queue" value={formatQuantity(status.queuedBatches, 'batch', 'batches')} />
      <Figure
        label="Spool"
        value={spool.batches === 0 ? 'empty' : formatQuantity(spool.batches, 'batch', 'batches')}
        note={
          spool.batches > 0
            ? formatBytes(spool.bytes)
            : spool.replayed > 0
              ? `${formatCount(spool.replayed)} replayed`
              : undefined
        }
        alarming={spool.batches > 0}
      />
      <Figure
        label="Breaker"
        value={BREAKER_WORDS[breaker.state]}
        note={<BreakerNote breaker={breaker} />}
        alarming={breaker.state !== 'closed'}
      />
      <Figure label="Rows lost" value={formatCount(spool.lost)} alarming={spool.lost > 0} />
    </dl>
  );
}

const BREAKER_WORDS = { closed: 'closed', open: 'open', half_open: 'half open' } as const;

const REASON_WORDS: Readonly<Record<OpenReason, string>> = {
  lock: 'locked, tried all the time',
  environment: 'disk or rights',
  corrupt: 'damaged',
  thread: 'thread starting',
  stalled: 'disk silent',
  isolated: 'by hand',
  maintenance: 'file at rest',
};

/** Why it is open, and when it is tried next. */
function BreakerNote({ breaker }: { readonly breaker: DatabaseStatus['breaker'] }): ReactNode {
  const { nextProbeAtMs, reason, sinceMs } = breaker;
  if (reason === null) return <Age atMs={sinceMs} />;
  return (
    <>
      {REASON_WORDS[reason]}
      {nextProbeAtMs !== null && (
        <>
          , probe in <Countdown atMs={nextProbeAtMs} due="a moment" />
        </>
      )}
    </>
  );
}

function Tables({ status }: { readonly status: DatabaseStatus }): ReactNode {
  if (status.tables.length === 0) return null;
  return (
    <table className={classes.tables}>
      <caption className="pw-visually-hidden">Rows per table</caption>
      <thead>
        <tr>
          <th scope="col">Table</th>
          <th scope="col">Rows</th>
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
