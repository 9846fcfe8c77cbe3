// Takes all readings: of what has just changed at once, of what is in trouble every second, of the rest every few seconds. Owns the
// records, meters and probes; what a reading means is judged elsewhere. It never waits for a database or for the network, so neither can make it blind.
import type { ApiHostSlice, CollectorSlice } from '../../shared/contract/snapshot';
import type { CollectorEvent } from '../../shared/domain/collectorEvent';
import type { CollectorId } from '../../shared/domain/collector';
import type { DatabaseStatus } from '../../shared/domain/database';
import type { Reading } from '../../shared/domain/metrics';
import type { Clock, TimerHandle } from '../../shared/util/clock';
import { type PowerEvent, SleepWatch } from '../../shared/util/sleepWatch';
import type { Store } from '../storage/store';
import { Attention } from './attention';
import { AppMeter } from './appMeter';
import { DatabaseCanary } from './probes/databaseCanary';
import { DiskRoom } from './probes/diskRoom';
import { HostProber, type HostProbes } from './probes/hostProber';
import { lookAtNetwork } from './probes/ownNetwork';
import { probeByTcp, type ProbeTarget } from './probes/tcpProbe';
import { appReadings } from './sensors/appSensor';
import { CollectorRecord, type SlotFacts } from './sensors/collectorRecord';
import { collectorReadings, isRestless, type RunProgress } from './sensors/collectorSensor';
import { DatabaseRecord } from './sensors/databaseRecord';
import { databaseReadings } from './sensors/databaseSensor';
import { HostRecord, type CallFacts } from './sensors/hostRecord';
import { hostReadings, isHostRestless, isOutOfReach } from './sensors/hostSensor';
import type { Moment } from './sensors/reading';
import { USUAL_OF } from './sensors/usual';

const LOOK_EVERY_MS = 1_000;
const APP_EVERY_MS = 5_000;
const QUIET_LATENESS_MS = 1_000;
const UNPROBED: HostProbes = { isReached: false, failed: 0, fault: null, ownFault: null, isOnThisMachine: true };

export interface HealthWatchOptions {
  readonly clock: Clock;
  /** The clock by which the storage threads live. */
  readonly storageClock: Clock;
  readonly stores: readonly Store[];
  /** None once they are not meant to run any more. */
  readonly collectors: () => readonly CollectorSlice[];
  readonly collector: (id: CollectorId) => CollectorSlice | null;
  readonly host: () => ApiHostSlice;
  /** Where the source listens; null when it is not reached over the network. */
  readonly source: ProbeTarget | null;
  readonly progressOf: (runId: string) => RunProgress | null;
  readonly onReadings: (readings: readonly Reading[]) => void;
}

interface WatchedStore {
  readonly store: Store;
  readonly record: DatabaseRecord;
  readonly canary: DatabaseCanary;
  readonly disk: DiskRoom;
  /** Nobody is served for a moment: a backup takes its place, say. */
  isMaintained: boolean;
}

export class HealthWatch {
  readonly #options: HealthWatchOptions;
  readonly #sleepWatch: SleepWatch;
  readonly #meter: AppMeter;
  readonly #app = new Attention(APP_EVERY_MS);
  readonly #host = new HostRecord();
  readonly #prober: HostProber | null;
  readonly #collectors = new Map<CollectorId, CollectorRecord>();
  readonly #stores: readonly WatchedStore[];
  readonly #unsubscribe: readonly (() => void)[];
  #timer: TimerHandle | null = null;
  #dueMs: number;
  /** What was noticed of clock and sleep since the last full look. */
  #stepMs = 0;
  #hasSlept = false;

  constructor(options: HealthWatchOptions) {
    this.#options = options;
    const { clock, source, stores } = options;
    const moment = this.#now();
    this.#dueMs = moment.monotonicMs;
    this.#sleepWatch = new SleepWatch(clock);
    this.#meter = new AppMeter(moment.monotonicMs);
    this.#prober =
      source &&
      new HostProber({
        target: source,
        probe: probeByTcp,
        lookAtNetwork,
        random: Math.random,
        onChange: () => this.#tell(() => this.#readHost()),
      });
    this.#stores = stores.map((store) => {
      const status = store.status();
      const record = new DatabaseRecord(status, this.#storageNow());
      return {
        store,
        record,
        canary: new DatabaseCanary(store, record),
        disk: new DiskRoom(status.path, record),
        isMaintained: false,
      };
    });
    this.#unsubscribe = this.#stores.map((watched) =>
      watched.store.onStatus((status) => {
        watched.isMaintained = status.breaker.reason === 'maintenance';
        this.#tell(() => this.#readDatabase(watched, status));
      }),
    );
  }

  /** Nothing that happened before counts. */
  start(): void {
    const moment = this.#now();
    this.#dueMs = moment.monotonicMs;
    for (const slice of this.#options.collectors()) this.#collectors.set(slice.id, new CollectorRecord(slice, moment));
    void this.#seed();
    this.#look();
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = null;
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#meter.stop();
  }

  /** What the system tells of its sleep. On the way into it nothing is read. */
  power(event: PowerEvent): void {
    this.#sleepWatch.tell(event);
  }

  called(call: CallFacts): void {
    this.#host.called(call, this.#now());
    if (this.#host.unanswered !== null) this.#prober?.look(this.#host, this.#now());
  }

  hostMoved(event: CollectorEvent): void {
    this.#host.breakerMoved(event);
    this.#tell(() => this.#readHost());
  }

  slotEnded(collectorId: CollectorId, slot: SlotFacts): void {
    const isHostDown = isOutOfReach(this.#options.host(), this.#probes());
    this.#collectors.get(collectorId)?.slotEnded(slot, isHostDown, this.#now());
    this.#tell(() => this.#readCollector(collectorId));
  }

  #look(): void {
    const nowMs = this.#options.clock.monotonicMs();
    const behindMs = Math.max(0, nowMs - this.#dueMs);
    this.#dueMs = nowMs + LOOK_EVERY_MS;
    this.#timer = this.#options.clock.after(LOOK_EVERY_MS, () => this.#look());
    this.#tell(() => {
      const moment = this.#now();
      this.#prober?.look(this.#host, moment);
      return [
        ...(this.#isHostDue() ? this.#readHost() : []),
        ...this.#stores.flatMap((watched) => this.#lookAtDatabase(watched)),
        ...this.#readCollectors(),
        ...this.#readApp(behindMs, moment),
      ];
    });
  }

  /** A sleep is noticed before anything is read: what was due meanwhile is nobody's fault. */
  #tell(read: () => readonly Reading[]): void {
    if (this.#timer === null) return;
    const hasSlept = this.#sleepWatch.look() !== null;
    this.#stepMs += this.#sleepWatch.stepMs;
    if (hasSlept) this.#wakeUp();
    if (this.#sleepWatch.isAsleep) return;
    const readings = read();
    if (readings.length > 0) this.#options.onReadings(readings);
  }

  #wakeUp(): void {
    const moment = this.#now();
    this.#hasSlept = true;
    this.#app.wake();
    for (const record of this.#collectors.values()) record.unwatched(moment);
    for (const { record } of this.#stores) record.unwatched(this.#storageNow());
    this.#host.unwatched();
    this.#prober?.forget();
  }

  #isHostDue(): boolean {
    const isRestless = isHostRestless(this.#options.host(), this.#host, this.#probes());
    return isRestless || this.#host.attention.isDue(this.#now());
  }

  #readHost(): readonly Reading[] {
    const moment = this.#now();
    const slice = this.#options.host();
    const probes = this.#probes();
    this.#host.attention.looked(isHostRestless(slice, this.#host, probes), moment);
    return hostReadings(slice, this.#host, probes, moment);
  }

  #readApp(behindMs: number, moment: Moment): readonly Reading[] {
    const stepMs = this.#stepMs;
    const hasSlept = this.#hasSlept;
    const isRestless = behindMs > QUIET_LATENESS_MS || stepMs !== 0;
    if (!isRestless && !this.#app.isDue(moment)) return [];
    this.#stepMs = 0;
    this.#hasSlept = false;
    this.#app.looked(isRestless, moment);
    const lateMs = hasSlept ? 0 : behindMs;
    return appReadings({ ...this.#meter.look(moment.monotonicMs, hasSlept), lateMs, stepMs }, moment);
  }

  /** Those of which something can have changed by time alone, and each of the others now and then: there may be hundreds. */
  #readCollectors(): readonly Reading[] {
    const moment = this.#now();
    return this.#options.collectors().flatMap((slice) => {
      const record = this.#collectors.get(slice.id);
      if (!record) return [];
      const progress = this.#progressOf(slice);
      return record.attention.isDue(moment) || isRestless(slice, record, progress, moment)
        ? this.#read(slice, record, progress, moment)
        : [];
    });
  }

  #readCollector(id: CollectorId): readonly Reading[] {
    const slice = this.#options.collector(id);
    const record = this.#collectors.get(id);
    return slice && record ? this.#read(slice, record, this.#progressOf(slice), this.#now()) : [];
  }

  #read(
    slice: CollectorSlice,
    record: CollectorRecord,
    progress: RunProgress | null,
    moment: Moment,
  ): readonly Reading[] {
    if (slice.pause) record.unwatched(moment);
    record.attention.looked(isRestless(slice, record, progress, moment), moment);
    return collectorReadings(slice, record, progress, moment);
  }

  /** Null also while the database is put in order: a run that waits for that does not hang. */
  #progressOf({ running }: CollectorSlice): RunProgress | null {
    const isKeptWaiting = this.#stores.some(({ isMaintained }) => isMaintained);
    return running && !isKeptWaiting ? this.#options.progressOf(running.runId) : null;
  }

  #lookAtDatabase(watched: WatchedStore): readonly Reading[] {
    const moment = this.#storageNow();
    watched.canary.look(moment);
    watched.disk.look(moment);
    return watched.record.attention.isDue(moment) ? this.#readDatabase(watched, watched.store.status()) : [];
  }

  /** What goes on as it did is read now and then only: every commit tells a new status. */
  #readDatabase({ store, record }: WatchedStore, status: DatabaseStatus): readonly Reading[] {
    const moment = this.#storageNow();
    const isRestless = record.isRestless(status);
    if (status.state === 'closed' || (!isRestless && !record.attention.isDue(moment))) return [];
    record.look(status, moment);
    record.attention.looked(isRestless, moment);
    const facts = { status, health: store.health(), operations: store.operations() };
    return databaseReadings(facts, record, moment, this.#options.clock.wallMs());
  }

  /** What earlier sessions know is usual; it comes when the database gets round to it. */
  async #seed(): Promise<void> {
    const monitor = this.#options.stores.find(({ name }) => name === 'monitor');
    for (const [collectorId, record] of this.#collectors) {
      const runs = await monitor?.read('runs.recent', { collectorId, limit: USUAL_OF * 2 }).catch(() => []);
      record.seed(runs ?? []);
    }
  }

  #probes(): HostProbes {
    return this.#prober?.known() ?? UNPROBED;
  }

  #now(): Moment {
    const { clock } = this.#options;
    return { wallMs: clock.wallMs(), monotonicMs: clock.monotonicMs() };
  }

  #storageNow(): Moment {
    const { storageClock } = this.#options;
    return { wallMs: storageClock.wallMs(), monotonicMs: storageClock.monotonicMs() };
  }
}
