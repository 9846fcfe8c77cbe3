// Keeps an idle database from being taken for a healthy one: where nobody wrote or read lately, one empty batch and one small read go
// the way that all others go. Nobody waits for them, and nothing is asked of a database that is known to be in trouble.
import type { ReadArgs, ReadName } from '../../../shared/contract/reads';
import type { DatabaseName } from '../../../shared/domain/database';
import type { Store } from '../../storage/store';
import type { DatabaseRecord } from '../sensors/databaseRecord';
import type { Moment } from '../sensors/reading';

const WRITE_EVERY_MS = 10_000;
const READ_EVERY_MS = 5_000;

/** Of the newest of its kind, by an index: it touches a page or two. */
const CHEAP_READ = {
  market: ['discovery.last', { networkId: '' }],
  monitor: ['runs.streak', { collectorId: 'networks' }],
} as const satisfies Readonly<Record<DatabaseName, readonly [ReadName, unknown]>>;

export class DatabaseCanary {
  readonly #store: Store;
  readonly #record: DatabaseRecord;
  #commits = 0;
  #writeDueMs: number | null = null;
  #readDueMs: number | null = null;
  #reads = 0;
  #isReading = false;
  #isWriting = false;

  constructor(store: Store, record: DatabaseRecord) {
    this.#store = store;
    this.#record = record;
  }

  /** To be called every second. Never waits. */
  look(moment: Moment): void {
    const { commits, state } = this.#store.status();
    const isTraffic = commits !== this.#commits;
    this.#commits = commits;
    if (isTraffic || this.#writeDueMs === null) this.#writeDueMs = moment.monotonicMs + WRITE_EVERY_MS;
    if (state !== 'ok' && state !== 'degraded') return;
    if (moment.monotonicMs >= this.#writeDueMs) void this.#write(moment);
    this.#lookAtReads(moment);
  }

  #lookAtReads(moment: Moment): void {
    const { count } = this.#store.health().readLatency;
    const isTraffic = count > this.#reads && this.#record.unreadable === null;
    this.#reads = count;
    if (isTraffic || this.#readDueMs === null) this.#readDueMs = moment.monotonicMs + READ_EVERY_MS;
    if (moment.monotonicMs >= this.#readDueMs) void this.#read(moment);
  }

  async #write({ wallMs, monotonicMs }: Moment): Promise<void> {
    if (this.#isWriting) return;
    this.#isWriting = true;
    this.#writeDueMs = monotonicMs + WRITE_EVERY_MS;
    // What becomes of it shows in the state of the database.
    await this.#store.write({ id: `canary:${this.#store.name}:${wallMs}`, parts: [] }).catch(() => undefined);
    this.#isWriting = false;
  }

  async #read(moment: Moment): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    this.#readDueMs = moment.monotonicMs + READ_EVERY_MS;
    const [name, args] = CHEAP_READ[this.#store.name];
    await this.#store.read(name, args as ReadArgs<typeof name>).then(
      () => this.#record.readAnswered(),
      (error: Error) => this.#record.readFailed(error.message, moment),
    );
    this.#isReading = false;
  }
}
