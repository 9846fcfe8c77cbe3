// The way back into the database: plans the attempts, proves with one write of our own that it takes writes again, then brings the
// spool home. Owns the attempts and what they write; must not touch a caller's batch.
import type { WriteAck, WriteBatch } from '../../shared/contract/storage';
import type { OpenReason } from '../../shared/domain/database';
import type { Clock, TimerHandle } from '../../shared/util/clock';
import { type BreakerEvent, type BreakerState, probeDelayMs } from './breaker';
import { drainSpool } from './spool/drainSpool';
import type { Spool } from './spool/spool';
import { StorageError } from './store';

/** What SQLite has against the batch itself: however often it is tried, it can never be stored. */
export class UnstorableError extends StorageError {}

/** The router, as an attempt sees it. */
export interface ComebackSide {
  breaker(): BreakerState;
  move(event: BreakerEvent, detail: string): boolean;
  open(reason: OpenReason, detail: string): void;
  /** Hands a batch of ours to the writer before it returns. */
  submitOwn(batch: WriteBatch): Promise<WriteAck>;
  /** Callers' batches wait, in their order: the spool takes no more. */
  hold(): void;
  /** All that came before is on its way to the writer: what was held follows, and so does whatever comes from now on. */
  release(): void;
  /** The spool is empty and all of it is durable in the database. */
  drained(): void;
  changed(): void;
}

export class Comeback {
  nextProbeAtMs: number | null = null;
  /** Batches that came out of the spool into the database since the start. */
  replayed = 0;
  readonly #name: string;
  readonly #clock: Clock;
  readonly #spool: Spool;
  readonly #side: ComebackSide;
  #timer: TimerHandle | null = null;
  #probes = 0;
  /** What is in the spool stays there for the next start. */
  #stopped = false;
  /** The attempt that is at work, or the latest. */
  #attempt: Promise<void> = Promise.resolve();

  constructor(name: string, clock: Clock, spool: Spool, side: ComebackSide) {
    this.#name = name;
    this.#clock = clock;
    this.#spool = spool;
    this.#side = side;
  }

  /** Tries again after a while that grows with each failure. */
  probeLater(failedProbes: number): void {
    const delayMs = probeDelayMs(failedProbes);
    this.cancel();
    this.nextProbeAtMs = this.#clock.wallMs() + delayMs;
    this.#timer = this.#clock.after(delayMs, () => this.probe());
  }

  /** An attempt that was planned is not made. */
  cancel(): void {
    this.#timer?.cancel();
    this.#timer = null;
    this.nextProbeAtMs = null;
  }

  probe(): void {
    this.cancel();
    if (!this.#stopped && this.#side.move({ kind: 'probe' }, 'trying one write')) this.begin();
  }

  /** One after the other: the one before stops at once, but two at work on one spool would remove files under each other. */
  begin(): void {
    const before = this.#attempt;
    const halfOpen = this.#side.breaker();
    this.#attempt = before.then(() => this.#comeBack(halfOpen));
  }

  /** An attempt at work stops where it is; none is made any more. */
  stop(): void {
    this.#stopped = true;
  }

  /** Resolves when nobody is at work on the files of the spool. */
  async ended(): Promise<void> {
    this.cancel();
    await this.#attempt;
  }

  /**
   * Failing is no error here: whatever went wrong has opened the breaker again.
   * @param halfOpen the state that it began in; once that is over, so is this
   */
  async #comeBack(halfOpen: BreakerState): Promise<void> {
    const side = this.#side;
    try {
      this.#requireGoingOn(halfOpen);
      await side.submitOwn({ id: `probe:${this.#name}:${this.#clock.wallMs()}:${this.#probes++}`, parts: [] });
      await drainSpool(this.#spool, {
        replay: (batch) => this.#replay(batch, halfOpen),
        beforeTail: () => {
          this.#requireGoingOn(halfOpen);
          side.hold();
        },
        afterTail: () => {
          this.#requireGoingOn(halfOpen);
          side.release();
        },
      });
      this.#requireGoingOn(halfOpen);
      if (side.move({ kind: 'drained' }, 'the spool is empty')) side.drained();
    } catch (error) {
      if (side.breaker() === halfOpen && !this.#stopped) {
        side.open('environment', error instanceof Error ? error.message : String(error));
      }
    }
  }

  #requireGoingOn(halfOpen: BreakerState): void {
    if (this.#side.breaker() === halfOpen && !this.#stopped) return;
    throw new StorageError('INTERRUPTED', 'the database stopped taking writes');
  }

  async #replay(batch: WriteBatch, halfOpen: BreakerState): Promise<void> {
    this.#requireGoingOn(halfOpen);
    try {
      await this.#side.submitOwn(batch);
      this.replayed += 1;
    } catch (error) {
      // Anything else says nothing about the batch: it stays in its file and comes again.
      if (!(error instanceof UnstorableError)) throw error;
      // It must not keep the others waiting.
      await this.#spool.putAside(batch);
    }
    this.#side.changed();
  }
}
