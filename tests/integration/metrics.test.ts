// What the command line says about series, availability and baselines of a profile whose history is known.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Link } from '../../src/main/cli/link/link';
import { openLink, type Place } from '../../src/main/cli/link/openLink';
import { profileDirFor } from '../../src/main/engine/profiles';
import { systemClock } from '../../src/main/engine/systemClock';
import { SampleUpkeep } from '../../src/main/monitoring/sampleUpkeep';
import { DEFAULT_SETTINGS } from '../../src/main/settings/settingsSchema';
import { openStore } from '../../src/main/storage/openStore';
import type { QueryAnswer, QueryArgs, QueryName } from '../../src/shared/contract/queries';
import type { SlotRow } from '../../src/shared/contract/rows/recordRows';
import { packRows } from '../../src/shared/contract/tables';
import { runCli } from '../support/cliProcess';
import { CLI_FILE, PORT_THREADS, WORKERS } from '../support/engineBench';

const HOUR_MS = 3_600_000;
const HOURS = 30;
const NAMES = [
  'collector.staleBy collector/top_pools',
  'database.diskFree database/market',
  'database.lockWaitP95 database/market',
  'database.unavailableFor database/market',
];

const PLACE = ['--base-url', 'http://127.0.0.1:9'];

let dir: string;
let link: Link | null = null;

async function told<Q extends QueryName>(name: Q, args: QueryArgs<Q>): Promise<QueryAnswer<Q>> {
  const present = (link ??= await openLink(placeIn(dir)));
  const result = await present.query(name, args);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function placeIn(rootDir: string): Place {
  const workers = { ...WORKERS, ...PORT_THREADS, demoMarket: join(CLI_FILE, '..', 'demoMarket.js') };
  return { rootDir, mode: 'live', sourceOverride: { baseUrl: 'http://127.0.0.1:9' }, workers };
}

async function released(): Promise<void> {
  await link?.close();
  link = null;
}

function lastDay(): { readonly fromMs: number; readonly toMs: number } {
  return { fromMs: Date.now() - 24 * HOUR_MS, toMs: Date.now() };
}

/** Of every hour, the first tenth with stale data; the disk fills by 100 bytes an hour; every fifth run fails. */
async function fill(file: string): Promise<void> {
  const store = await openStore({
    name: 'monitor',
    file,
    spoolDir: join(dir, 'spool'),
    workers: WORKERS,
    clock: systemClock,
  });
  const nowMs = Date.now();
  const fromMs = Math.floor(nowMs / HOUR_MS - HOURS) * HOUR_MS;
  await store.write({ id: 'layout', parts: [packRows('sample_layouts', [{ id: 'l', names: JSON.stringify(NAMES) }])] });
  for (let atMs = fromMs; atMs < nowMs; atMs += HOUR_MS) {
    const ticks = Array.from({ length: 360 }, (_, tick) => atMs + tick * 10_000).filter((tickMs) => tickMs < nowMs);
    const rows = ticks.map((tickMs, index) => ({
      fromS: tickMs / 1_000,
      layout: 'l',
      body: JSON.stringify([
        index < 36 ? 500 : 0,
        Math.round(1e6 - (100 * (tickMs - fromMs)) / HOUR_MS),
        2 + (index % 5),
        0,
      ]),
    }));
    const slots = ticks
      .filter((_, index) => index % 6 === 0)
      .map((slotAtMs, index): SlotRow => ({
        collectorId: 'top_pools',
        slotAtMs,
        outcome: index % 5 === 4 ? 'failed' : 'ok',
        ...{ runId: null, detail: null, turn: 0, slots: 1, untilMs: null },
      }));
    await store.write({ id: `hour${atMs}`, parts: [packRows('sample_ticks', rows), packRows('slots', slots)] });
  }
  await new SampleUpkeep(systemClock, store).run();
  await store.close();
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'poolwatch-metrics-'));
  const source = { ...DEFAULT_SETTINGS.source, baseUrl: 'http://127.0.0.1:9' };
  const profile = profileDirFor(dir, { ...DEFAULT_SETTINGS, source }, 'live');
  mkdirSync(profile, { recursive: true });
  await fill(join(profile, 'monitor.db'));
});
afterAll(async () => {
  await released();
  rmSync(dir, { recursive: true, force: true });
});

describe('poolwatch metrics', () => {
  it('shows a series as a table for programs', async () => {
    await released();
    const args = ['database.lockWaitP95', 'market', '--last', '24h', '--points', '4', '--format', 'csv'];
    const { code, stdout } = await runCli('metrics', 'show', ...args, ...PLACE, '--data-dir', dir);
    const [head, ...lines] = stdout.trim().split('\n');
    expect(code).toBe(0);
    expect(head).toBe('from,min,mean,p50,p95,max,samples,coverage');
    expect(lines.length).toBeGreaterThanOrEqual(4);
    expect(lines[1]).toMatch(/^20\S+Z,2,4,3\.9\d*,5\.9\d*,6,2160,1$/);
  });

  it('tells availability in words for people', async () => {
    await released();
    const { code, stdout } = await runCli('metrics', 'availability', ...PLACE, '--data-dir', dir);
    expect(code).toBe(0);
    expect(stdout).toMatch(/top_pools.* (79|80)\.\d % .*(8|9)\d\.\d % .* 95\.0 % .* \d{3} % .* no /);
  });

  it('lists what there are series of', async () => {
    const { series } = await told('metrics.list', null);
    expect(series.map(({ metric, target }) => `${metric} ${target.kind}/${target.id}`)).toEqual(NAMES);
  });

  it('compares with a week before and says when the disk is full', async () => {
    const { present, weekBefore, usual, forecast, changes } = await told('metrics.compare', {
      metric: 'database.diskFree',
      target: { kind: 'database', id: 'market' },
      ...lastDay(),
    });
    expect(present?.coverage).toBeGreaterThan(0.9);
    expect([weekBefore, usual, changes]).toEqual([null, null, []]);
    expect(forecast?.perDay).toBeCloseTo(-2_400, -1);
    expect(forecast?.days).toBeCloseTo((1e6 - 100 * HOURS) / 2_400, 0);
  });

  it('puts the last day of all that is measured of a target beside the same day a week before', async () => {
    const { lines } = await told('metrics.week', { target: { kind: 'database', id: 'market' } });
    const free = lines.find(({ metric }) => metric === 'database.diskFree');
    expect(free?.present?.coverage).toBeGreaterThan(0.9);
    expect(free?.weekBefore).toBeNull();
    expect(lines.find(({ metric }) => metric === 'database.readP95')).toMatchObject({ present: null });
    expect(lines.every(({ metric }) => metric.startsWith('database.'))).toBe(true);
  });

  it('tells availability as figures that differ, each with what was observed of it', async () => {
    const { collectors, databases } = await told('availability.get', lastDay());
    const [topPools] = collectors;
    expect(topPools).toMatchObject({ collectorId: 'top_pools' });
    expect(topPools?.runs.share).toBeCloseTo(0.8, 2);
    expect(topPools?.time.share).toBeCloseTo(0.8, 2);
    expect(topPools?.data.share).toBeCloseTo(0.9, 1);
    expect(topPools?.budget.used).toBeCloseTo(4, 0);
    expect(topPools?.burnRates.map(({ isBurning }) => isBurning)).toEqual([false, false]);
    expect(databases[0]).toMatchObject({ database: 'market', time: { share: 1 }, budget: { used: 0 } });
    expect(databases[1]).toMatchObject({ database: 'monitor', time: { share: null, coverage: 0 } });
  });

  it('tries a rule on the past: when it would have fired, and which limit would have been quiet', async () => {
    const { rules } = await told('rules.list', null);
    const stale = rules.find(({ rule }) => rule.id === 'collector-stale')?.rule;
    if (!stale) throw new Error('there is no rule for stale data');
    const tried = await told('rules.backTest', { rule: stale, ...lastDay() });
    expect(tried.coverage).toBeGreaterThan(0.95);
    // Once an hour, for the tenth of it in which the data was stale.
    expect([23, 24, 25]).toContain(tried.firings.length);
    expect(tried.firings[1]).toMatchObject({ target: { kind: 'collector', id: 'top_pools' }, peak: 500 });
    const calmer = await told('rules.backTest', { rule: { ...stale, fire: 501, clear: 501 }, ...lastDay() });
    expect(calmer.firings).toEqual([]);
  });

  it('has nothing to compare with before a baseline was captured, and then compares with it', async () => {
    expect(await told('baseline.compare', null)).toBeNull();
    expect(await link?.command('baseline.capture', { hours: 24 })).toMatchObject({ ok: true, value: { series: 1 } });
    const compared = await told('baseline.compare', null);
    expect(compared).toMatchObject({
      hours: 24,
      lines: [{ captured: { min: 2, max: 6 }, present: { min: 2, max: 6 } }],
    });
  });

  it('tells what keeping the series costs', async () => {
    const { tiers } = await told('metrics.cost', null);
    expect(tiers.map(({ tier }) => tier)).toEqual(['raw', 'minute', 'ten_minutes', 'hour', 'day', 'journal']);
    expect(tiers[0]?.bytesPerSample).toBeLessThan(2);
  });
});
