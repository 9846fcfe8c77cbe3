// Entry of the thread that runs the demo market, so that a busy market cannot slow the window down.
import { parentPort, workerData } from 'node:worker_threads';
import { createMarketServer } from './httpServer';
import type { DemoMarketMessage, DemoMarketSettings } from './startDemoMarket';

const port = parentPort;
if (port === null) throw new Error('the demo market runs in a worker thread');
const tell = (message: DemoMarketMessage): void => port.postMessage(message);

try {
  const server = await createMarketServer(workerData as DemoMarketSettings);
  port.on('message', (message: { readonly kind: 'stop' }) => {
    if (message.kind === 'stop') void server.stop().then(() => port.close());
  });
  tell({ kind: 'listening', baseUrl: server.baseUrl });
} catch (error) {
  tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  port.close();
}
