// Deliveries as rows of monitor.db. A row is replaced by later versions of itself only.
import { randomUUID } from 'node:crypto';
import type { DeliveryRow } from '../../shared/contract/rows/alertRows';
import { packRows } from '../../shared/contract/tables';
import type { Delivery } from '../../shared/domain/delivery';
import type { Store } from '../storage/store';

export class DeliveryRecord {
  readonly #monitor: Pick<Store, 'read' | 'write'>;
  readonly #onError: (error: unknown) => void;
  readonly #unsaved = new Map<string, Delivery>();

  constructor(monitor: Pick<Store, 'read' | 'write'>, onError: (error: unknown) => void) {
    this.#monitor = monitor;
    this.#onError = onError;
  }

  /** What may still be sent, and what tells whether the end of an incident is news; oldest first. */
  async load(sinceMs: number): Promise<readonly Delivery[]> {
    return await this.#monitor.read('deliveries.open', { sinceMs });
  }

  /** What changes in one turn is one batch. */
  save(delivery: Delivery): void {
    if (this.#unsaved.size === 0) queueMicrotask(() => this.#flush());
    this.#unsaved.set(delivery.key, delivery);
  }

  #flush(): void {
    const rows = [...this.#unsaved.values()].map(toRow);
    this.#unsaved.clear();
    this.#monitor
      .write({ id: `deliveries:${randomUUID()}`, parts: [packRows('deliveries', rows)] })
      .catch(this.#onError);
  }
}

function toRow(delivery: Delivery): DeliveryRow {
  const { key, channelId, noticeId, incidentId, kind, state, offeredAtMs, observedAtMs, ...body } = delivery;
  return {
    key,
    channelId,
    noticeId,
    incidentId,
    kind,
    state,
    offeredAtMs,
    observedAtMs,
    body: JSON.stringify(body),
  };
}
