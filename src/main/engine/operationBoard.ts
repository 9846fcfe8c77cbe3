// The long operations that run now and those that ended lately, each with its progress and a way to call it off. Owns nothing of
// the work itself, and tells of progress only a few times a second.
import { fail, ok, type Result } from '../../shared/contract/envelope';
import type { LongOperation, LongOperationKind, LongWork, Progress } from '../../shared/domain/operation';
import type { Clock, TimerHandle } from '../../shared/util/clock';

const MIN_INTERVAL_MS = 250;
const KEPT_ENDED = 20;

export interface OperationPlan {
  readonly kind: LongOperationKind;
  /** With a subject, only one operation of a kind runs on it at a time; null: as many as are asked for. */
  readonly subject: string | null;
  readonly title: string;
  /** False: it is over in a moment, or stopping it half way would do harm. True when not said. */
  readonly cancellable?: boolean;
}

export interface StartedOperation {
  readonly operationId: string;
  /** How it ended. Never rejects. */
  readonly ended: Promise<LongOperation>;
}

interface Entry {
  operation: LongOperation;
  readonly controller: AbortController;
  readonly ended: Promise<LongOperation>;
}

export class OperationBoard {
  readonly #clock: Clock;
  readonly #publish: (operations: readonly LongOperation[]) => void;
  /** Oldest first. */
  readonly #entries = new Map<string, Entry>();
  #started = 0;
  #timer: TimerHandle | null = null;
  #publishedAtMs = -Infinity;
  #closed = false;

  /** @param publish hears of every start and end at once, and of progress at most four times a second; newest first */
  constructor(clock: Clock, publish: (operations: readonly LongOperation[]) => void) {
    this.#clock = clock;
    this.#publish = publish;
  }

  /** Newest first. */
  list(): readonly LongOperation[] {
    return [...this.#entries.values()].map(({ operation }) => operation).reverse();
  }

  /**
   * @param work does it and returns one sentence on how it went; it should reject soon after its signal aborts
   * @returns a refusal (`conflict`) when the same is being done to the same subject already
   */
  start(plan: OperationPlan, work: (work: LongWork) => Promise<string>): Result<StartedOperation> {
    if (this.#closed) return fail('unavailable', 'Poolwatch is stopping.');
    const running = this.#running().find(({ operation: { kind, subject } }) => {
      return subject !== null && subject === plan.subject && kind === plan.kind;
    });
    if (running) return fail('conflict', `Already at work: ${running.operation.title}.`);
    const id = `op-${(this.#started += 1)}`;
    const controller = new AbortController();
    const { kind, subject, title, cancellable = true } = plan;
    const operation: LongOperation = {
      id,
      kind,
      subject,
      title,
      state: 'running',
      progress: null,
      startedAtMs: this.#clock.wallMs(),
      endedAtMs: null,
      detail: null,
      cancellable,
    };
    const onProgress = (progress: Progress): void => void this.#update(id, { progress }, false);
    const ended = Promise.resolve()
      .then(() => work({ signal: controller.signal, onProgress }))
      .then(
        (detail) => this.#end(id, 'done', detail),
        (error: unknown) =>
          controller.signal.aborted
            ? this.#end(id, 'cancelled', 'Cancelled.')
            : this.#end(id, 'failed', error instanceof Error ? error.message : String(error)),
      );
    this.#entries.set(id, { operation, controller, ended });
    this.#publishNow();
    return ok({ operationId: id, ended });
  }

  cancel(id: string): Result<null> {
    const entry = this.#entries.get(id);
    if (!entry) return fail('not_found', 'There is no such operation.');
    if (entry.operation.endedAtMs !== null) return fail('conflict', 'It has ended already.');
    if (!entry.operation.cancellable) return fail('conflict', 'It cannot be stopped half way; it will be over soon.');
    this.#abort(id, entry);
    return ok(null);
  }

  /** Calls everything off, also what cannot be cancelled by hand, and waits until it has ended. */
  async cancelAll(): Promise<void> {
    const running = [...this.#entries].filter(([, { operation }]) => operation.endedAtMs === null);
    for (const [id, entry] of running) this.#abort(id, entry);
    await Promise.all(running.map(([, { ended }]) => ended));
  }

  /** Takes no more work and ends what runs. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.cancelAll();
    this.#timer?.cancel();
  }

  #running(): readonly Entry[] {
    return [...this.#entries.values()].filter(({ operation }) => operation.endedAtMs === null);
  }

  #abort(id: string, { controller }: Entry): void {
    this.#update(id, { state: 'cancelling' }, true);
    controller.abort(new Error('it was cancelled'));
  }

  #end(id: string, state: 'done' | 'failed' | 'cancelled', detail: string): LongOperation {
    const operation = this.#update(id, { state, detail, endedAtMs: this.#clock.wallMs() }, true);
    const ended = [...this.#entries].filter(([, entry]) => entry.operation.endedAtMs !== null);
    for (const [old] of ended.slice(0, Math.max(0, ended.length - KEPT_ENDED))) this.#entries.delete(old);
    return operation;
  }

  #update(id: string, changes: Partial<LongOperation>, atOnce: boolean): LongOperation {
    const entry = this.#entries.get(id);
    if (!entry) throw new Error(`there is no operation ${id}`);
    // Work that was called off may go on telling for a moment; what has ended stays as it ended.
    if (entry.operation.endedAtMs === null) entry.operation = { ...entry.operation, ...changes };
    if (atOnce) this.#publishNow();
    else this.#publishSoon();
    return entry.operation;
  }

  #publishNow(): void {
    this.#timer?.cancel();
    this.#timer = null;
    this.#publishedAtMs = this.#clock.monotonicMs();
    this.#publish(this.list());
  }

  #publishSoon(): void {
    const waitMs = Math.max(0, this.#publishedAtMs + MIN_INTERVAL_MS - this.#clock.monotonicMs());
    this.#timer ??= this.#clock.after(waitMs, () => this.#publishNow());
  }
}
