// Five figures about the whole, each with what it is measured over.
import type { ReactNode } from 'react';
import { formatCount, formatDuration, formatShare, NO_VALUE } from '../../../../shared/util/format';
import { Age } from '../../components/age';
import { countHealths, tallyTicks, useSnapshot } from '../../store/selectors';
import { rich } from '../../texts/rich';
import { t } from '../../texts/texts';
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
  const counts = useSnapshot((snapshot) => countHealths(snapshot.collectors));
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const others = (['down', 'degraded', 'late', 'paused', 'no_data'] as const)
    .map((health) => [health, counts[health]] as const)
    .filter(([, count]) => count > 0)
    .map(([health, count]) => `${count} ${t(`status.inSentence.health.${health}`)}`);
  return (
    <Total
      label={t('now.collectorsFine')}
      value={
        <>
          {counts.ok + counts.running} <span className={classes.of}>{t('now.ofCollectors', { total })}</span>
        </>
      }
      note={others.length === 0 ? t('now.noneInTrouble') : others.join(', ')}
    />
  );
}

function SuccessTotal(): ReactNode {
  const { runs, good, missed } = useSnapshot((snapshot) => tallyTicks(snapshot.collectors));
  return (
    <Total
      label={t('now.runsWithData')}
      value={runs === 0 ? NO_VALUE : formatShare(good / runs)}
      note={t('now.runsNote', { runs: t('now.recentRuns', { count: runs }), missed: formatCount(missed) })}
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
      label={t('now.rowsWritten')}
      value={formatCount(written)}
      note={
        lastCommitAtMs === null
          ? t('now.nothingCommitted')
          : rich('now.lastCommit', { age: <Age atMs={lastCommitAtMs} ago /> })
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
      label={t('now.callsThisMinute')}
      value={
        <>
          {formatCount(used)}{' '}
          <span className={classes.of}>{t('now.ofCallsAllowed', { allowed: formatCount(allowed) })}</span>
        </>
      }
      note={throttles === 0 ? t('now.neverThrottled') : t('now.throttled', { count: throttles })}
    />
  );
}

function CommitTotal(): ReactNode {
  const market = useSnapshot((snapshot) => snapshot.databases.find((database) => database.name === 'market') ?? null);
  const measured = market !== null && market.commitLatency.count > 0;
  return (
    <Total
      label={t('now.commitP95')}
      value={measured ? formatDuration(market.commitLatency.p95Ms) : NO_VALUE}
      note={measured ? t('now.lockWait', { p95Ms: formatDuration(market.lockWait.p95Ms) }) : t('now.nothingMeasured')}
    />
  );
}

function sumOf<T>(items: readonly T[], pick: (item: T) => number): number {
  return items.reduce((sum, item) => sum + pick(item), 0);
}
