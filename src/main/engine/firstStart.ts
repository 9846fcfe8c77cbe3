// Lets questions and orders that need an engine wait for the first one: the window is there before the databases are open.
import type { QueryName } from '../../shared/contract/queries';

/** What a window can show while there is no engine yet. */
const ANSWERED_AT_ONCE: ReadonlySet<string> = new Set<QueryName>(['snapshot.text', 'settings.get']);

type Handler = (args: never) => Promise<unknown>;

export class FirstStart {
  #settle: () => void = () => undefined;
  readonly #settled = new Promise<void>((resolve) => (this.#settle = resolve));

  /** The engine has started, or has failed to: whoever waits is answered as it is now. */
  isOver(): void {
    this.#settle();
  }

  awaitedBy<Handlers extends { readonly [name: string]: Handler }>(handlers: Handlers): Handlers {
    const waiting = Object.entries(handlers).map(([name, handler]): [string, Handler] =>
      ANSWERED_AT_ONCE.has(name) ? [name, handler] : [name, (args) => this.#settled.then(() => handler(args))],
    );
    return Object.fromEntries(waiting) as Handlers;
  }
}
