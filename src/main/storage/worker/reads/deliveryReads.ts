// Reads of monitor.db about what became of notices.
import type { DeliveryRow } from '../../../../shared/contract/rows/alertRows';
import type { Delivery } from '../../../../shared/domain/delivery';
import type { SqliteDatabase } from '../driver';
import { pageSize } from './poolList';
import type { ReadTable } from './readTable';
import { selectList } from './selectList';
import { StatementCache } from './statementCache';

/** More than an hour of notices on every channel; what is older than this many rows is remembered by nobody. */
const MAX_OPEN = 5_000;

export function createDeliveryReads(db: SqliteDatabase): ReadTable {
  const statements = new StatementCache(db);
  return {
    'deliveries.list': ({ incidentId, limit }) =>
      statements
        .all<DeliveryRow>(
          `SELECT ${selectList('deliveries', 'd')} FROM deliveries d WHERE ? IS NULL OR d.incident_id = ?
           ORDER BY d.offered_at_ms DESC, d.rowid DESC LIMIT ?`,
          [incidentId, incidentId, pageSize(limit)],
        )
        .map(toDelivery),

    'deliveries.open': ({ sinceMs }) =>
      statements
        .all<DeliveryRow>(
          `SELECT ${selectList('deliveries', 'd')} FROM deliveries d
           WHERE d.offered_at_ms >= ? OR (d.incident_id IS NOT NULL AND NOT EXISTS (
             SELECT 1 FROM deliveries e
             WHERE e.incident_id = d.incident_id AND e.channel_id = d.channel_id AND e.kind = 'resolved'
               AND e.offered_at_ms >= d.offered_at_ms))
           ORDER BY d.offered_at_ms DESC, d.rowid DESC LIMIT ?`,
          [sinceMs, MAX_OPEN],
        )
        .map(toDelivery)
        .reverse(),
  };
}

function toDelivery({ body, ...columns }: DeliveryRow): Delivery {
  return { ...columns, ...(JSON.parse(body) as object) } as Delivery;
}
