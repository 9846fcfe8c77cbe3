// How long rows are kept and what that costs, tier by tier: what there is, what a day adds, and where it ends.
import type { ReactNode } from 'react';
import type { QueryAnswer } from '../../../../shared/contract/queries';
import type { DatabaseName } from '../../../../shared/domain/database';
import type { RetentionTier } from '../../../../shared/domain/retention';
import { formatBytes, formatCount, formatQuantity, formatUtc, NO_VALUE } from '../../../../shared/util/format';
import { Notice } from '../../components/notice';
import { Panel } from '../../components/panel';
import { useUpkeep } from './useUpkeep';
import classes from './lists.module.css';

/** It changes by the day; what a deletion frees is asked for when that has ended. */
const REFRESH_MS = 5 * 60_000;

export function RetentionPanel(): ReactNode {
  const market = useUpkeep('retention.cost', { database: 'market' }, REFRESH_MS);
  const monitor = useUpkeep('retention.cost', { database: 'monitor' }, REFRESH_MS);
  const error = market.error ?? monitor.error;
  const tiers = [...listed('market', market.data), ...listed('monitor', monitor.data)];
  return (
    <Panel title="What is kept, and what it costs" aside="sizes are estimates, indexes included" testId="retention">
      {tiers.length === 0 ? (
        <Notice
          title={error ? 'What is kept could not be read' : 'Nothing to keep yet'}
          tone={error ? 'error' : 'plain'}
        >
          {error?.message ?? 'Tables with a history appear here as soon as they have rows.'}
        </Notice>
      ) : (
        <div className={classes.scroll}>
          <table className={classes.table}>
            <caption className="pw-visually-hidden">What is kept and what it costs, by table</caption>
            <thead>
              <tr>
                <th scope="col">Table</th>
                <th scope="col">Kept for</th>
                <th scope="col" data-number>
                  Rows
                </th>
                <th scope="col" data-number>
                  Size
                </th>
                <th scope="col" data-number>
                  Rows a day
                </th>
                <th scope="col" data-number>
                  Size a day
                </th>
                <th scope="col" data-number>
                  When full
                </th>
              </tr>
            </thead>
            <tbody>
              {tiers.map(({ database, tier }) => (
                <TierRow key={`${database} ${tier.table} ${tier.timeframe}`} database={database} tier={tier} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

interface Listed {
  readonly database: DatabaseName;
  readonly tier: RetentionTier;
}

function listed(database: DatabaseName, data: QueryAnswer<'retention.cost'> | null): readonly Listed[] {
  return (data?.tiers ?? []).map((tier) => ({ database, tier }));
}

function TierRow({ database, tier }: Listed): ReactNode {
  const { table, timeframe, keepDays, rows, partitions, oldestAtMs, estimatedBytes, perDay, whenFull } = tier;
  const since = oldestAtMs === null ? '' : `, the oldest from ${formatUtc(oldestAtMs)}`;
  return (
    <tr>
      <th scope="row" className="pw-mono" title={`${database}.db: ${formatQuantity(partitions, 'partition')}${since}`}>
        {table}
        {timeframe !== null && ` · ${timeframe}`}
      </th>
      <td>{keepDays === null ? 'ever' : formatQuantity(keepDays, 'day')}</td>
      <td data-number>{formatCount(rows)}</td>
      <td data-number>{formatBytes(estimatedBytes)}</td>
      <td data-number>{perDay === null ? NO_VALUE : formatCount(perDay.rows)}</td>
      <td data-number>{perDay === null ? NO_VALUE : formatBytes(perDay.estimatedBytes)}</td>
      <td data-number>{whenFull === null ? NO_VALUE : formatBytes(whenFull.estimatedBytes)}</td>
    </tr>
  );
}
