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
import type { CollectorId } from '../../src/shared/domain/collector';
import type { TargetKind } from '../../src/shared/domain/metrics';
import { collectorsEvery, QUICK_SETTINGS, startBench, until, type EngineBench } from '../support/engineBench';
import { fastClock } from '../support/fastClock';
import { takeForeignLock } from '../support/foreignLock';

const SPEED = 6;
/** Three of them, the age that is promised, are longer than a hang takes to be told. */
const INTERVAL_MS = 12_000;
const COLLECTED: readonly CollectorId[] = ['networks', 'dexes', 'top_pools', 'new_pools', 'trending'];
const SETTINGS = {
  ...QUICK_SETTINGS,
  networks: [{ id: 'solana', dexIds: ['raydium'] }],
  collectors: collectorsEvery(INTERVAL_MS),
};

/** Both sessions live by it: a clock that was set back between them would be another fault. */
const clock = fastClock(SPEED);
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
    clock,
    storageClock: systemClock,
    collectors: createCollectors()
      .filter(({ id }) => COLLECTED.includes(id))
      .map(misbehaving),
  });

/** A busy machine holds the program up, and it says so: true, and not what is broken here. */
const isHere = ({ root }: Incident): boolean => root.kind !== 'app';
const open = (): readonly Incident[] => bench.engine.alerts.view().incidents.filter(isHere);
const firing = (): readonly Incident[] => open().filter(({ state }) => state === 'open');
const untilQuiet = (): Promise<void> => until('no open incident', () => open().length === 0);
const untilSettled = (): Promise<void> =>
  until('the network is judged', () => bench.engine.alerts.view().settlingUntilMs === null);
const failures = (): number => bench.slots.filter(({ outcome }) => outcome === 'failed').length;
const successes = (): number => bench.slots.filter(({ outcome }) => outcome === 'ok').length;

/** The incident that opens, beside which there is no other. */
async function incidentOf(rootKind: TargetKind): Promise<Incident> {
  await until(`an incident of a ${rootKind}`, () => firing().length > 0);
  const [incident] = firing();
  expect(firing().map(({ root }) => root.kind)).toEqual([rootKind]);
  return incident as Incident;
}

/** What was said about it, oldest first. */
async function told({ id }: Incident): Promise<readonly string[]> {
  const notices = await bench.engine.alerts.inbox(null, 100);
  return notices
    .filter(({ incidentId, suppressed }) => incidentId === id && suppressed === null)
    .map(({ kind }) => kind)
    .toReversed();
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'poolwatch-monitoring-'));
  market = await serve(0);
  bench = await start();
  await until('a success of every collector', () =>
    bench.engine.scheduler.slices().every(({ lastSuccessAtMs }) => lastSuccessAtMs !== null),
  );
});
afterAll(async () => {
  letGo();
  await bench.engine.stop();
  await market.stop();
  rmSync(dir, { recursive: true, force: true });
});

describe('the health of a running engine', () => {
  it('names the program that holds the lock within a second, as one incident that ends with a stored row', async () => {
    const { path } = bench.engine.market.status();
    const holder = await takeForeignLock(path, 'write');
    const heldMs = performance.now();
    const incident = await incidentOf('database');
    const title = `market.db is locked by node (process ${holder.pid})`;
    await until('the name of the program', () => open()[0]?.title === title);
    expect(performance.now() - heldMs).toBeLessThan(1_000);
    const ran = bench.slots.length;
    await until('runs under the lock', () => bench.slots.length >= ran + COLLECTED.length);
    expect(open().map(({ id }) => id)).toEqual([incident.id]);
    await holder.release();
    await untilQuiet();
    expect(bench.engine.market.status()).toMatchObject({ state: 'ok', spool: { batches: 0, lost: 0 } });
  });

  it('tells at once of a run that throws, with its error, and of its recovery with the next good run', async () => {
    const before = failures();
    mischief = 'throw';
    await until('a failed run', () => failures() > before);
    const incident = await incidentOf('collector');
    expect(incident).toMatchObject({ title: 'DEX list cannot collect', cause: 'The collector has a mistake.' });
    mischief = 'none';
    await untilQuiet();
  });

  it('tells of a run that hangs before 17 s are over, with its last step', async () => {
    await untilSettled();
    mischief = 'hang';
    const incident = await incidentOf('collector');
    const slice = bench.engine.scheduler.slices().find(({ id }) => id === 'dexes');
    expect(incident).toMatchObject({ title: 'DEX list hangs', cause: 'Its last step was: solana, page 7.' });
    expect(incident.seenAtMs - (slice?.running?.sinceMs ?? 0)).toBeLessThan(17_000);
    mischief = 'none';
    letGo();
    await untilQuiet();
  });

  it('tells of an API that is down as one incident of the host, whoever fails for its sake, also across a restart', async () => {
    const { port } = new URL(market.baseUrl);
    const downMs = failures();
    await market.stop();
    const incident = await incidentOf('host');
    expect(incident.title).toMatch(/refused the connection|dropped the connection|refuses connections/);
    await until('a failed run of every collector', () => failures() >= downMs + COLLECTED.length);
    expect(open().map(({ id }) => id)).toEqual([incident.id]);
    await until('a notice', () => bench.engine.alerts.view().unseen > 0);
    const said = await told(incident);

    await bench.engine.stop();
    bench = await start();
    await until('runs of the second session', () => bench.slots.length >= COLLECTED.length);
    await untilSettled();
    expect(open().map(({ id }) => id)).toEqual([incident.id]);
    expect(await told(incident)).toEqual(said);

    market = await serve(Number(port));
    await untilQuiet();
    await until('fresh data', () => successes() > 0);
    await expect.poll(() => told(incident)).toEqual(['fired', 'resolved']);
  });
});
