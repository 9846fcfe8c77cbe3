// Keeps an idle database from being taken for a healthy one: where nobody wrote or read lately, one empty batch and one small read go
// the way that all others go. Nobody waits for them, and nothing is asked of a database that is known to be in trouble.
import type { ReadArgs, ReadName } from '../../../shared/contract/reads';
import type { DatabaseName } from '../../../shared/domain/database';
import type { Store } from '../../storage/store';
import type { DatabaseRecord } from '../sensors/databaseRecord';
import type { Moment } from '../sensors/reading';

const LOOK_EVERY_MS = 5_000;
/** Looks without a commit between them before one is made. */
const QUIET_LOOKS = 2;

/** Of the newest of its kind, by an index: it touches a page or two. */
const CHEAP_READ = {
  market: ['discovery.last', { networkId: '' }],
  monitor: ['runs.streak', { collectorId: 'networks' }],
} as const satisfies Readonly<Record<DatabaseName, readonly [ReadName, unknown]>>;

export class DatabaseCanary {
  readonly #store: Store;
  readonly #record: DatabaseRecord;
  #lookDueMs = Number.NEGATIVE_INFINITY;
  #commits = 0;
  #reads = 0;
  #quietLooks = 0;
  #isReading = false;
  #isWriting = false;

  constructor(store: Store, record: DatabaseRecord) {
    this.#store = store;
    this.#record = record;
  }

  /** To be called every second. Never waits. */
  look(moment: Moment): void {
    if (moment.monotonicMs < this.#lookDueMs) return;
    this.#lookDueMs = moment.monotonicMs + LOOK_EVERY_MS;
    const { commits, state } = this.#store.status();
    const { count: reads } = this.#store.health().readLatency;
    const isRead = reads > this.#reads;
    this.#quietLooks = commits === this.#commits ? this.#quietLooks + 1 : 0;
    this.#commits = commits;
    this.#reads = reads;
    if (state !== 'ok' && state !== 'degraded') return;
    if (this.#quietLooks >= QUIET_LOOKS) void this.#write(moment);
    if (!isRead || this.#record.unreadable !== null) void this.#read(moment);
  }

  async #write({ wallMs }: Moment): Promise<void> {
    if (this.#isWriting) return;
    this.#isWriting = true;
    this.#quietLooks = 0;
    // What becomes of it shows in the state of the database.
    await this.#store.write({ id: `canary:${this.#store.name}:${wallMs}`, parts: [] }).catch(() => undefined);
    this.#isWriting = false;
  }

  async #read(moment: Moment): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    const [name, args] = CHEAP_READ[this.#store.name];
    await this.#store.read(name, args as ReadArgs<typeof name>).then(
      () => this.#record.readAnswered(),
      (error: Error) => this.#record.readFailed(error.message, moment),
    );
    this.#isReading = false;
  }
}
