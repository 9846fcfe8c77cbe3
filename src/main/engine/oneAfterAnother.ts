// Work of which never two may run at once, in the order in which it was asked for.

export class OneAfterAnother {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** Resolves when everything that was asked for has ended, however. */
  async ended(): Promise<void> {
    await this.#last;
  }
}
