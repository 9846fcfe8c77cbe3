// The demo market in its worker thread, built the way the app builds it.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from 'vite';
import { startDemoMarket } from '../../src/main/demo/startDemoMarket';

let folder: string;
let workerFile: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'poolwatch-market-'));
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: 'src/main/demo/worker.ts',
      outDir: folder,
      target: 'node20.18',
      rolldownOptions: { output: { entryFileNames: 'demoMarket.mjs' } },
    },
  });
  workerFile = join(folder, 'demoMarket.mjs');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the demo market in its thread', () => {
  it('starts, answers, stops and frees its port', async () => {
    const market = await startDemoMarket({ workerFile, seed: 1, port: 0 });
    const reply = await fetch(`${market.baseUrl}/networks/solana/dexes/raydium/pools?page=1`);
    expect(reply.status).toBe(200);
    expect(((await reply.json()) as { data: unknown[] }).data).toHaveLength(20);
    await Promise.all([market.stop(), market.stop()]);
    await expect(fetch(market.baseUrl)).rejects.toThrow('fetch failed');
    const port = Number(new URL(market.baseUrl).port);
    const again = await startDemoMarket({ workerFile, seed: 1, port });
    expect(again.baseUrl).toBe(market.baseUrl);
    await again.stop();
  });

  it('says in one line that its port is taken', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as AddressInfo;
    await expect(startDemoMarket({ workerFile, seed: 1, port })).rejects.toThrow(
      `The demo market could not start: port ${port} on 127.0.0.1 is already in use`,
    );
    await new Promise((resolve) => holder.close(resolve));
  });

  it('says that it cannot start when its file is missing', async () => {
    await expect(startDemoMarket({ workerFile: join(folder, 'absent.mjs'), seed: 1, port: 0 })).rejects.toThrow(
      'The demo market broke off',
    );
  });
});
