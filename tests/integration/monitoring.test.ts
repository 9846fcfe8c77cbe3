// What the engine says about its own health while real things break: a real lock of another process, a server that goes away, a
// run that throws and one that hangs. Collecting and judging run six times as fast as the world; the databases do not.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Collector } from '../../src/main/collectors/collector';
import { createCollectors } from '../../src/main/collectors/registry';
import { createMarketServer, type MarketServer } from '../../src/main/demo/httpServer';
import { systemClock } from '../../src/main/engine/systemClock';
import type { Incident } from '../../src/shared/domain/alerts';
import { collectorsEvery, QUICK_SETTINGS, startBench, until, type EngineBench } from '../support/engineBench';
import { fastClock } from '../support/fastClock';
import { takeForeignLock } from '../support/foreignLock';

const SPEED = 6;
const INTERVAL_MS = 6_000;
const SETTINGS = {
  ...QUICK_SETTINGS,
  networks: [{ id: 'solana', dexIds: ['raydium'] }],
  collectors: collectorsEvery(INTERVAL_MS),
};

let dir: string;
let market: MarketServer;
let bench: EngineBench;
/** What the collector of DEXes does instead of its work. */
let mischief: 'none' | 'throw' | 'hang' = 'none';
let letGo: () => void = () => undefined;

const serve = (port: number): Promise<MarketServer> =>
  createMarketServer({ seed: 7, port, control: true, rateLimit: { capacity: 10_000, refillMs: 1 } });

function misbehaving(collector: Collector): Collector {
  if (collector.id !== 'dexes') return collector;
  return {
    ...collector,
    async *collect(context) {
      if (mischief === 'throw') throw new Error('The collector has a mistake.');
      if (mischief === 'hang') {
        context.progress('solana, page 7');
        await new Promise<void>((resolve) => (letGo = resolve));
      }
      yield* collector.collect(context);
    },
  };
}

const start = (): Promise<EngineBench> =>
  startBench(dir, market.baseUrl, SETTINGS, {
    clock: fastClock(SPEED),
    storageClock: systemClock,
    collectors: createCollectors().map(misbehaving),
  });

const open = (): readonly Incident[] => bench.engine.alerts.view().incidents;
const firing = (): readonly Incident[] => open().filter(({ state }) => state === 'open');
const untilQuiet = (): Promise<void> => until('no open incident', () => open().length === 0);
const noticesOf = async ({ id }: Incident): Promise<readonly string[]> =>
  (await bench.engine.alerts.inbox(null, 100))
    .filter(({ incidentId, suppressed }) => incidentId === id && suppressed === null)
    .map(({ kind }) => kind)
    .reverse();

/** The incident that opens, after which nothing else may. */
async function incidentOf(rootKind: string): Promise<Incident> {
  await until(`an incident of a ${rootKind}`, () => firing().some(({ root }) => root.kind === rootKind));
  const [incident] = firing();
  expect(firing()).toHaveLength(1);
  return incident as Incident;
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'poolwatch-monitoring-'));
  market = await serve(0);
  bench = await start();
  await until(
    'a success of every collector',
    () =>
      SETTINGS.collectors &&
      bench.engine.scheduler.slices().every(({ lastSuccessAtMs, id }) => lastSuccessAtMs !== null || id === 'backfill'),
  );
});
afterAll(async () => {
  letGo();
  await bench.engine.stop();
  await market.stop();
  rmSync(dir, { recursive: true, force: true });
});

describe('the health of a running engine', () => {
  it('names the program that holds the lock within a second, as one incident that a stored row ends', async () => {
    const holder = await takeForeignLock(bench.engine.market.status().path, 'write');
    const heldMs = performance.now();
    const incident = await incidentOf('database');
    await until('its name', () => open()[0]?.title.includes(String(holder.pid)) ?? false);
    expect(performance.now() - heldMs).toBeLessThan(1_000);
    expect(open()[0]?.title).toBe(`market.db is locked by node (process ${holder.pid})`);
    await until('critical', () => firing().some(({ severity }) => severity === 'critical'));
    expect(open().map(({ id }) => id)).toEqual([incident.id]);
    await holder.release();
    await untilQuiet();
    expect(bench.engine.market.status()).toMatchObject({ state: 'ok', spool: { batches: 0, lost: 0 } });
  });
});
