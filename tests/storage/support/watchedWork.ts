// Long work as a person watches it: keeps what it told, and can call it off at a moment of a test's choosing.
import type { LongWork, Progress } from '../../../src/shared/domain/operation';

export class WatchedWork implements LongWork {
  readonly told: Progress[] = [];
  readonly #controller = new AbortController();
  readonly #callOffAt: (progress: Progress) => boolean;

  /** @param callOffAt the first progress for which this is true calls the work off */
  constructor(callOffAt: (progress: Progress) => boolean = () => false) {
    this.#callOffAt = callOffAt;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  readonly onProgress = (progress: Progress): void => {
    this.told.push(progress);
    if (this.#callOffAt(progress)) this.callOff();
  };

  callOff(): void {
    this.#controller.abort(new Error('it was cancelled'));
  }
}
