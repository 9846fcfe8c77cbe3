// What the Market page writes to files: exactly the pools that the filter shows, and the candles of the pools that are watched.
import { notifications } from '@mantine/notifications';
import type { ExportFormat } from '../../../../shared/contract/exports';
import { query } from '../../bridge/bridge';
import { giveOrder } from '../../components/orders';
import { useUiStore } from '../../store/uiStore';
import { t } from '../../texts/texts';

/** Asks for a file. The whole list as it is filtered and sorted, not only what is on the screen. */
export function exportPools(): Promise<boolean> {
  const { poolFilter, poolSort } = useUiStore.getState();
  return giveOrder({
    name: 'pools.export',
    args: { filter: poolFilter, sortBy: poolSort.by, descending: poolSort.descending },
    accepted: ({ path, rows }) =>
      path === null ? null : t('market.rowsExported', { rows: t('common.rows', { count: rows }), path }),
    refused: t('market.poolsNotExported'),
  });
}

/** Asks for a file. All bars that are stored of the pools on the watchlist; without one there is nothing to write. */
export async function exportWatchedCandles(format: Extract<ExportFormat, 'csv' | 'parquet'>): Promise<boolean> {
  const refused = t('market.candlesNotExported');
  const watched = await query('watchlist.list', { activeOnly: true, group: null, search: null });
  const reason = watched.ok ? watched.value.items.length === 0 && t('market.noneWatched') : watched.error.message;
  if (!watched.ok || reason !== false) {
    notifications.show({ title: refused, message: reason, color: 'red' });
    return false;
  }
  const poolIds = watched.value.items.map(({ id }) => id);
  return giveOrder({
    name: 'table.export',
    args: {
      subject: { kind: 'table', table: 'candles', range: { poolIds, fromMs: null, toMs: null } },
      format,
      byteOrderMark: false,
      path: null,
    },
    accepted: ({ path, rows }) =>
      path === null
        ? null
        : t('market.candlesExported', {
            rows: t('common.candles', { count: rows }),
            pools: t('market.watchedPools', { count: poolIds.length }),
            path,
          }),
    refused,
  });
}
