// Ctrl-C, and a polite request to end, as an abort signal for one piece of waiting.

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

class Interrupted extends Error {}

/** What `wait` resolves to, or null when the person did not want to wait for it. A second Ctrl-C ends the process as usual. */
export async function interruptible<T>(wait: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
  const controller = new AbortController();
  const reason = new Interrupted('It was interrupted.');
  const stop = (): void => controller.abort(reason);
  for (const signal of SIGNALS) process.once(signal, stop);
  try {
    return await wait(controller.signal);
  } catch (error) {
    if (error === reason) return null;
    throw error;
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}

/** Rejects with the signal's reason; else never settles. */
export function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
