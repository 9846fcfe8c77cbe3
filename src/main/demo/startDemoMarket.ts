// Starts the demo market in a thread of its own and says where it listens.
import { Worker } from 'node:worker_threads';
import type { MarketServerOptions } from './httpServer';

const STOP_GRACE_MS = 2000;

/** What the thread is told; everything that can be cloned. */
export type DemoMarketSettings = Omit<MarketServerOptions, 'nowMs'>;

export type DemoMarketMessage =
  { readonly kind: 'listening'; readonly baseUrl: string } | { readonly kind: 'failed'; readonly message: string };

export interface StartDemoMarketOptions extends DemoMarketSettings {
  /** The built worker, usually out/main/demoMarket.js. */
  readonly workerFile: string | URL;
  /** Called once if the market ends without having been told to. */
  readonly onFailure?: (message: string) => void;
}

export interface DemoMarket {
  readonly baseUrl: string;
  /** Safe to call twice. */
  stop(): Promise<void>;
}

/** Rejects with a one-line message for people when the market cannot start, for example because the port is taken. */
export async function startDemoMarket(options: StartDemoMarketOptions): Promise<DemoMarket> {
  const { workerFile, onFailure, ...settings } = options;
  const worker = new Worker(workerFile, { workerData: settings satisfies DemoMarketSettings, name: 'demo market' });
  const ended = new Promise<string>((resolve) => {
    worker.once('error', (error) => resolve(`The demo market broke off: ${error.message}`));
    worker.once('exit', (code) => resolve(`The demo market ended with code ${code}.`));
  });
  const baseUrl = await Promise.race([
    firstMessage(worker),
    ended.then((message) => Promise.reject(new Error(message))),
  ]);
  let stopping: Promise<void> | null = null;
  void ended.then((message) => {
    if (stopping === null) onFailure?.(message);
  });
  return {
    baseUrl,
    stop: () => (stopping ??= stopWorker(worker, ended)),
  };
}

function firstMessage(worker: Worker): Promise<string> {
  return new Promise((resolve, reject) => {
    worker.once('message', (message: DemoMarketMessage) => {
      if (message.kind === 'listening') resolve(message.baseUrl);
      else reject(new Error(message.message));
    });
  });
}

async function stopWorker(worker: Worker, ended: Promise<string>): Promise<void> {
  worker.postMessage({ kind: 'stop' });
  const timer = setTimeout(() => void worker.terminate(), STOP_GRACE_MS);
  await ended;
  clearTimeout(timer);
}
