// How long rows are kept and what that costs, tier by tier: what there is, what a day adds, and where it ends.
import type { ReactNode } from 'react';
import type { QueryAnswer } from '../../../../shared/contract/queries';
import type { DatabaseName } from '../../../../shared/domain/database';
import type { RetentionTier } from '../../../../shared/domain/retention';
import { formatBytes, formatCount, formatUtc, NO_VALUE } from '../../../../shared/util/format';
import { Notice } from '../../components/notice';
import { Panel } from '../../components/panel';
import { useUpkeep } from './useUpkeep';
import { t } from '../../texts/texts';
import classes from './lists.module.css';

/** It changes by the day; what a deletion frees is asked for when that has ended. */
const REFRESH_MS = 5 * 60_000;

export function RetentionPanel(): ReactNode {
  const market = useUpkeep('retention.cost', { database: 'market' }, REFRESH_MS);
  const monitor = useUpkeep('retention.cost', { database: 'monitor' }, REFRESH_MS);
  const error = market.error ?? monitor.error;
  const tiers = [...listed('market', market.data), ...listed('monitor', monitor.data)];
  return (
    <Panel title={t('database.whatIsKept')} aside={t('database.whatIsKeptAside')} testId="retention">
      {tiers.length === 0 ? (
        <Notice title={error ? t('database.keptNotRead') : t('database.nothingKept')} tone={error ? 'error' : 'plain'}>
          {error?.message ?? t('database.nothingKeptHint')}
        </Notice>
      ) : (
        <div className={classes.scroll}>
          <table className={classes.table}>
            <caption className="pw-visually-hidden">{t('database.keptCaption')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('database.columnTable')}</th>
                <th scope="col">{t('database.columnKeptFor')}</th>
                <th scope="col" data-number>
                  {t('database.columnRows')}
                </th>
                <th scope="col" data-number>
                  {t('database.columnSize')}
                </th>
                <th scope="col" data-number>
                  {t('database.columnRowsADay')}
                </th>
                <th scope="col" data-number>
                  {t('database.columnSizeADay')}
                </th>
                <th scope="col" data-number>
                  {t('database.columnWhenFull')}
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
  const kept = t('database.partitionsOf', { database, partitions: t('database.partitions', { count: partitions }) });
  const hint = oldestAtMs === null ? kept : t('database.oldestFrom', { kept, time: formatUtc(oldestAtMs) });
  return (
    <tr>
      <th scope="row" className="pw-mono" title={hint}>
        {table}
        {timeframe !== null && ` · ${timeframe}`}
      </th>
      <td>{keepDays === null ? t('database.ever') : t('common.days', { count: keepDays })}</td>
      <td data-number>{formatCount(rows)}</td>
      <td data-number>{formatBytes(estimatedBytes)}</td>
      <td data-number>{perDay === null ? NO_VALUE : formatCount(perDay.rows)}</td>
      <td data-number>{perDay === null ? NO_VALUE : formatBytes(perDay.estimatedBytes)}</td>
      <td data-number>{whenFull === null ? NO_VALUE : formatBytes(whenFull.estimatedBytes)}</td>
    </tr>
  );
}
