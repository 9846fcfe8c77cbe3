// Five figures about the whole, each with what it is measured over.
import type { ReactNode } from 'react';
import { formatCount, formatDuration, formatQuantity, formatShare, NO_VALUE } from '../../../../shared/util/format';
import { Age } from '../../components/age';
import { HEALTH_LOOKS } from '../../components/status/statusMark';
import { tallyTicks, useSnapshot } from '../../store/selectors';
import classes from './now.module.css';

export function Totals(): ReactNode {
  return (
    <dl className={classes.totals}>
      <CollectorsTotal />
      <SuccessTotal />
      <RowsTotal />
      <CallsTotal />
      <CommitTotal />
    </dl>
  );
}

interface TotalProps {
  readonly label: string;
  readonly value: ReactNode;
  readonly note: ReactNode;
}

function Total({ label, value, note }: TotalProps): ReactNode {
  return (
    <div className={classes.total}>
      <dt className={classes.totalLabel}>{label}</dt>
      <dd className={classes.totalValue}>{value}</dd>
      <dd className={classes.totalNote}>{note}</dd>
    </div>
  );
}

function CollectorsTotal(): ReactNode {
  const healths = useSnapshot((snapshot) => snapshot.collectors.map((collector) => collector.health));
  const fine = healths.filter((health) => health === 'ok' || health === 'running').length;
  const others = (['down', 'degraded', 'late', 'paused', 'no_data'] as const)
    .map((health) => [health, healths.filter((candidate) => candidate === health).length] as const)
    .filter(([, count]) => count > 0)
    .map(([health, count]) => `${count} ${HEALTH_LOOKS[health].word.toLowerCase()}`);
  return (
    <Total
      label="Collectors fine"
      value={
        <>
          {fine} <span className={classes.of}>of {healths.length}</span>
        </>
      }
      note={others.length === 0 ? 'none in trouble' : others.join(', ')}
    />
  );
}

function SuccessTotal(): ReactNode {
  const { runs, good, missed } = useSnapshot((snapshot) => tallyTicks(snapshot.collectors));
  return (
    <Total
      label="Runs with data"
      value={runs === 0 ? NO_VALUE : formatShare(good / runs)}
      note={`${formatQuantity(runs, 'recent run')}, ${formatCount(missed)} missed`}
    />
  );
}

function RowsTotal(): ReactNode {
  const written = useSnapshot((snapshot) => sumOf(snapshot.databases, (database) => database.rowsWritten));
  const lastCommitAtMs = useSnapshot((snapshot) =>
    snapshot.databases.reduce<number | null>(
      (newest, { lastCommitAtMs: at }) => (at !== null && at > (newest ?? 0) ? at : newest),
      null,
    ),
  );
  return (
    <Total
      label="Rows written"
      value={formatCount(written)}
      note={
        lastCommitAtMs === null ? (
          'nothing committed yet'
        ) : (
          <>
            last commit <Age atMs={lastCommitAtMs} suffix=" ago" />
          </>
        )
      }
    />
  );
}

function CallsTotal(): ReactNode {
  const used = useSnapshot((snapshot) => sumOf(snapshot.hosts, (host) => host.callsInWindow));
  const allowed = useSnapshot((snapshot) => sumOf(snapshot.hosts, (host) => host.callsPerMinute));
  const throttles = useSnapshot((snapshot) => sumOf(snapshot.hosts, (host) => host.throttles));
  return (
    <Total
      label="API calls this minute"
      value={
        <>
          {formatCount(used)} <span className={classes.of}>of {formatCount(allowed)}</span>
        </>
      }
      note={throttles === 0 ? 'never throttled' : `throttled ${formatQuantity(throttles, 'time')}`}
    />
  );
}

function CommitTotal(): ReactNode {
  const market = useSnapshot((snapshot) => snapshot.databases.find((database) => database.name === 'market') ?? null);
  const measured = market !== null && market.commitLatency.count > 0;
  return (
    <Total
      label="Commit, 95 % within"
      value={measured ? formatDuration(market.commitLatency.p95Ms) : NO_VALUE}
      note={measured ? `lock wait ${formatDuration(market.lockWait.p95Ms)}` : 'nothing measured yet'}
    />
  );
}

function sumOf<T>(items: readonly T[], pick: (item: T) => number): number {
  return items.reduce((sum, item) => sum + pick(item), 0);
}
