// What the Market page writes to files: exactly the pools that the filter shows, and the candles of the pools that are watched.
import { notifications } from '@mantine/notifications';
import type { ExportFormat } from '../../../../shared/contract/exports';
import { formatQuantity } from '../../../../shared/util/format';
import { query } from '../../bridge/bridge';
import { giveOrder } from '../../components/orders';
import { useUiStore } from '../../store/uiStore';

/** Asks for a file. The whole list as it is filtered and sorted, not only what is on the screen. */
export function exportPools(): Promise<boolean> {
  const { poolFilter, poolSort } = useUiStore.getState();
  return giveOrder({
    name: 'pools.export',
    args: { filter: poolFilter, sortBy: poolSort.by, descending: poolSort.descending },
    accepted: ({ path, rows }) => (path === null ? null : `${formatQuantity(rows, 'row')} written to ${path}`),
    refused: 'The pools could not be exported',
  });
}

/** Asks for a file. All bars that are stored of the pools on the watchlist; without one there is nothing to write. */
export async function exportWatchedCandles(format: Extract<ExportFormat, 'csv' | 'parquet'>): Promise<boolean> {
  const refused = 'The candles could not be exported';
  const watched = await query('watchlist.list', { activeOnly: true, group: null, search: null });
  const reason = watched.ok
    ? watched.value.items.length === 0 && 'No pool is watched yet: open one on the Market page and watch it.'
    : watched.error.message;
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
        : `${formatQuantity(rows, 'candle')} of ${formatQuantity(poolIds.length, 'watched pool')} written to ${path}`,
    refused,
  });
}
