// Pauses: who may not run, until when. A pause takes effect only when it could be saved, because it must outlive the program.
import { fail, ok, type Result } from '../../shared/contract/envelope';
import type { CollectorId } from '../../shared/domain/collector';
import type { CollectorEvent } from '../../shared/domain/collectorEvent';
import type { Clock } from '../../shared/util/clock';
import type { Pause, ScheduledCollector } from './scheduledCollector';

export interface PauseBookOptions {
  readonly clock: Clock;
  readonly entries: ReadonlyMap<CollectorId, ScheduledCollector>;
  /** Throws when the pauses could not be kept. */
  readonly save: (pauses: ReadonlyMap<CollectorId, Pause>) => void;
  readonly onEvent: (event: CollectorEvent) => void;
}

export class PauseBook {
  readonly #options: PauseBookOptions;

  constructor(options: PauseBookOptions) {
    this.#options = options;
  }

  /** `untilMs` is wall time; null pauses until resumed. */
  pause(entry: ScheduledCollector, untilMs: number | null): Result<null> {
    const wallMs = this.#options.clock.wallMs();
    if (untilMs !== null && untilMs <= wallMs) return fail('bad_request', 'The end of the pause lies in the past.');
    const until = untilMs === null ? 'until it is resumed' : `until ${new Date(untilMs).toISOString()}`;
    const done = this.#set(entry, { sinceMs: entry.pause?.sinceMs ?? wallMs, untilMs });
    if (done.ok) {
      entry.extraMs = null;
      this.#tell(entry, 'paused', `Paused by hand ${until}.`);
    }
    return done;
  }

  resume(entry: ScheduledCollector): Result<null> {
    if (!entry.pause) return fail('conflict', `${entry.collector.title} is not paused.`);
    const done = this.#set(entry, null);
    if (done.ok) this.#tell(entry, 'resumed', 'Resumed by hand.');
    return done;
  }

  /** Ends a pause whose time is over. */
  expire(entry: ScheduledCollector): void {
    const untilMs = entry.pause?.untilMs ?? null;
    if (untilMs === null || untilMs > this.#options.clock.wallMs()) return;
    // Not saved is no reason to stay paused: the end is saved with the pause, so the next start ends it, too.
    if (!this.#set(entry, null).ok) entry.pause = null;
    this.#tell(entry, 'resumed', 'The time of the pause is over.');
  }

  #set(entry: ScheduledCollector, pause: Pause | null): Result<null> {
    const pauses = new Map(
      [...this.#options.entries].flatMap(([id, other]) => (other.pause ? [[id, other.pause] as const] : [])),
    );
    if (pause) pauses.set(entry.id, pause);
    else pauses.delete(entry.id);
    try {
      this.#options.save(pauses);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return fail('unavailable', `The pause could not be saved: ${reason}`);
    }
    entry.pause = pause;
    return ok(null);
  }

  #tell(entry: ScheduledCollector, kind: 'paused' | 'resumed', cause: string): void {
    this.#options.onEvent({ atMs: this.#options.clock.wallMs(), kind, collectorId: entry.id, host: null, cause });
  }
}
