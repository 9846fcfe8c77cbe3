// Keeps alerts in monitor.db. What belongs together is one batch, hence one transaction; a batch that could not be stored is offered
// again under the same id, which stores it once. Nobody waits for any of it.
import type { IncidentListArgs } from '../../shared/contract/alerts';
import { packRows } from '../../shared/contract/tables';
import type { WriteBatch } from '../../shared/contract/storage';
import type { Incident, Transition } from '../../shared/domain/alerts';
import type { Clock, TimerHandle } from '../../shared/util/clock';
import { StorageError, type Store } from '../storage/store';
import type { AlertChanges, AlertRecord, InboxNotice, PastIncident, RestoredAlerts } from './alertChanges';
import {
  eventRow,
  incidentRow,
  instanceRow,
  noticeRow,
  ruleRow,
  silenceRow,
  toEvent,
  toIncident,
  toInstance,
  toNotice,
  toRuleChange,
  toSilence,
  toTransition,
  transitionRow,
} from './alertRows';

const HOUR_MS = 60 * 60_000;
/** Waits after a batch that could not be stored, the last one again and again. */
const RETRY_WAITS_MS = [1_000, 2_000, 5_000, 15_000, 60_000] as const;
/** Batches that wait; the oldest is given up beyond that. */
const MAX_WAITING = 1_000;
const MAX_TRANSITIONS = 500;
/** Refusals that no other attempt will change. */
const FOR_GOOD: ReadonlySet<string> = new Set(['BAD_BATCH', 'CLOSED']);

export interface AlertStoreOptions {
  readonly monitor: Pick<Store, 'read' | 'write'>;
  readonly clock: Clock;
  readonly ids: () => string;
  readonly onError: (error: unknown) => void;
}

export class AlertStore implements AlertRecord {
  readonly #options: AlertStoreOptions;
  #waiting: WriteBatch[] = [];
  #writing = false;
  #failures = 0;
  /** The one attempt to come; whatever is handed over meanwhile waits for it. */
  #retry: TimerHandle | null = null;
  #stopped = false;

  constructor(options: AlertStoreOptions) {
    this.#options = options;
  }

  /** Rejects with a StorageError when the record cannot be read. */
  async restore(): Promise<RestoredAlerts> {
    const { clock, monitor } = this.#options;
    const nowMs = clock.wallMs();
    const stored = await monitor.read('alerts.stored', { endedSinceMs: nowMs - HOUR_MS, runningAtMs: nowMs });
    return {
      observedMs: stored.instances.reduce((newest, { observedMs }) => Math.max(newest, observedMs), 0),
      instances: stored.instances.flatMap(toInstance),
      incidents: stored.incidents.flatMap(toIncident),
      silences: stored.silences.flatMap(toSilence),
      rules: stored.rules.flatMap(toRuleChange),
      unseen: stored.unseen.flatMap(toNotice),
    };
  }

  save(changes: AlertChanges): void {
    const { ids } = this.#options;
    const { instances, transitions, incidents, events, notices, silences, rules } = changes;
    const parts = [
      packRows('alert_rules', rules.map(ruleRow)),
      packRows(
        'alert_instances',
        instances.map((instance) => instanceRow(instance, changes)),
      ),
      packRows(
        'alert_transitions',
        transitions.map((transition) => transitionRow(ids(), transition)),
      ),
      packRows('incidents', incidents.map(incidentRow)),
      packRows(
        'incident_events',
        events.map((event) => eventRow(ids(), event)),
      ),
      packRows('silences', silences.map(silenceRow)),
      packRows('notices', notices.map(noticeRow)),
    ].filter(({ rows }) => rows.length > 0);
    this.#waiting.push({ id: `alerts:${ids()}`, parts });
    if (this.#waiting.length > MAX_WAITING) this.#waiting.shift();
    void this.#writeOn();
  }

  /** Before the database closes: all that waits is handed over at once, in order, and nothing is tried again. */
  stop(): void {
    this.#stopped = true;
    this.#retry?.cancel();
    this.#retry = null;
    // The first one is with the database already while somebody writes.
    for (const batch of this.#waiting.splice(this.#writing ? 1 : 0)) void this.#write(batch);
  }

  async incident(incidentId: string): Promise<PastIncident | null> {
    const found = await this.#options.monitor.read('incidents.one', { incidentId });
    const [record] = found ? toIncident(found.incident) : [];
    return found && record ? { record, timeline: found.events.map(toEvent) } : null;
  }

  async incidents(args: IncidentListArgs): Promise<readonly Incident[]> {
    const rows = await this.#options.monitor.read('incidents.list', args);
    return rows.flatMap(toIncident).map(({ incident }) => incident);
  }

  async transitions(keys: readonly string[], fromMs: number, toMs: number): Promise<readonly Transition[]> {
    const args = { keys, fromMs, toMs, limit: MAX_TRANSITIONS };
    return (await this.#options.monitor.read('alerts.transitions', args)).map(toTransition);
  }

  async notices(beforeMs: number | null, limit: number): Promise<readonly InboxNotice[]> {
    return (await this.#options.monitor.read('notices.list', { beforeMs, limit })).flatMap(toNotice);
  }

  /** One after the other: the log of transitions must not change its order. */
  async #writeOn(): Promise<void> {
    if (this.#writing || this.#retry) return;
    this.#writing = true;
    for (let batch = this.#waiting[0]; batch; batch = this.#waiting[0]) {
      const stored = await this.#write(batch);
      if (!stored) break;
      if (this.#waiting[0] === batch) this.#waiting.shift();
    }
    this.#writing = false;
  }

  async #write(batch: WriteBatch): Promise<boolean> {
    const { clock, monitor, onError } = this.#options;
    try {
      await monitor.write(batch);
      this.#failures = 0;
      return true;
    } catch (error) {
      onError(error);
      if (error instanceof StorageError && FOR_GOOD.has(error.code)) return true;
      const waitMs = RETRY_WAITS_MS[Math.min(this.#failures, RETRY_WAITS_MS.length - 1)] ?? 0;
      this.#failures += 1;
      if (this.#stopped) return false;
      this.#retry = clock.after(waitMs, () => {
        this.#retry = null;
        void this.#writeOn();
      });
      return false;
    }
  }
}
