// Runs in a child process that may be killed, or be given a broken disk: a store that does what the test's process asks for.
import { systemClock } from '../../../../src/main/engine/systemClock';
import type { StoreOptions } from '../../../../src/main/storage/store';
import { openHere, type DrilledStore } from './drilledStore';

export interface HostRequest {
  readonly seq: number;
  readonly method: keyof DrilledStore;
  readonly args: readonly unknown[];
}

export interface HostAnswer {
  /** 0: the store is open, or could not be opened. */
  readonly seq: number;
  readonly value?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
}

const answer = (message: HostAnswer): void => void process.send?.(message);

async function settle(seq: number, work: Promise<unknown>): Promise<void> {
  try {
    answer({ seq, value: await work });
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    answer({ seq, error: { code, message } });
  }
}

const options = JSON.parse(process.argv[2] ?? '{}') as Omit<StoreOptions, 'clock'>;
const opening = openHere({ ...options, clock: systemClock });
void settle(
  0,
  opening.then(() => null),
);
process.on('message', ({ seq, method, args }: HostRequest) => {
  const call = async (): Promise<unknown> => {
    const store = await opening;
    const work = store[method] as (...given: readonly unknown[]) => Promise<unknown>;
    return await work(...args);
  };
  void settle(seq, call()).then(() => {
    if (method === 'close') process.disconnect();
  });
});
