// undici behind one agent, read when the first call is made: it is a third of the code of the program, and no call is made before the
// window is there. undici's own fetch with its own agent: the global fetch is another undici version and refuses a foreign dispatcher.
import type { Agent, RequestInit, Response } from 'undici';

export class LazyAgent {
  readonly #options: Agent.Options;
  #agent: Agent | null = null;
  #isDestroyed = false;

  constructor(options: Agent.Options) {
    this.#options = options;
  }

  /** Rejects as undici's does, and once the agent is destroyed. */
  async fetch(url: string, init: Omit<RequestInit, 'dispatcher'>): Promise<Response> {
    const { Agent, errors, fetch } = await import('undici');
    if (this.#isDestroyed) throw new errors.ClientDestroyedError();
    this.#agent ??= new Agent(this.#options);
    return await fetch(url, { ...init, dispatcher: this.#agent });
  }

  /** Closes idle connections and cuts open calls. */
  async destroy(): Promise<void> {
    this.#isDestroyed = true;
    await this.#agent?.destroy();
  }
}
