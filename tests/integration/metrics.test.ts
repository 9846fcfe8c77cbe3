// What the command line says about series, availability and baselines of a profile whose history is known.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/main/engine/systemClock';
import { SampleUpkeep } from '../../src/main/monitoring/sampleUpkeep';
import { openStore } from '../../src/main/storage/openStore';
import { packRows, type SlotRow } from '../../src/shared/contract/tables';
import type { AvailabilityReport } from '../../src/shared/domain/availability';
import type { MetricComparison, SeriesId, TierCost } from '../../src/shared/domain/series';
import { runCli } from '../support/cliProcess';
import { WORKERS } from '../support/engineBench';

const HOUR_MS = 3_600_000;
const HOURS = 50;
const NAMES = [
  'collector.staleBy collector/top_pools',
  'database.diskFree database/market',
  'database.lockWaitP95 database/market',
  'database.unavailableFor database/market',
];

let dir: string;
let place: readonly string[];

async function told<T>(...args: readonly string[]): Promise<T> {
  const { code, stdout, stderr } = await runCli('metrics', ...args, '--format', 'json', ...place);
  expect([stderr, code]).toEqual([expect.anything(), 0]);
  return JSON.parse(stdout) as T;
}

/** Two days: of every hour, the first tenth with stale data; the disk fills by 100 bytes an hour; every fifth run fails. */
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
      body: JSON.stringify([index < 36 ? 500 : 0, 1e6 - (100 * (tickMs - fromMs)) / HOUR_MS, 2 + (index % 5), 0]),
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
  place = ['--base-url', 'http://127.0.0.1:9', '--data-dir', dir];
  expect(await runCli('status', ...place)).toMatchObject({ code: 0 });
  const [profile = ''] = readdirSync(join(dir, 'profiles'));
  await fill(join(dir, 'profiles', profile, 'monitor.db'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('poolwatch metrics', () => {
  it('lists what there are series of, and shows one as a table for programs', async () => {
    const series = await told<readonly SeriesId[]>('list');
    expect(series.map(({ metric, target }) => `${metric} ${target.kind}/${target.id}`)).toEqual(NAMES);
    const args = ['database.lockWaitP95', 'market', '--last', '24h', '--points', '4', '--format', 'csv'];
    const { code, stdout } = await runCli('metrics', 'show', ...args, ...place);
    const [head, ...lines] = stdout.trim().split('\n');
    expect(code).toBe(0);
    expect(head).toBe('from,min,mean,p50,p95,max,samples,coverage');
    expect(lines.length).toBeGreaterThanOrEqual(4);
    expect(lines[1]).toMatch(/^20\S+Z,2,4,4\.\d+|3\.\d+,6,6,2160,1$/);
  });

  it('compares with a week before and says when the disk is full', async () => {
    const { present, weekBefore, usual, forecast, changes } = await told<MetricComparison>(
      ...['compare', 'database.diskFree', 'market'],
    );
    expect(present?.coverage).toBeGreaterThan(0.9);
    expect([weekBefore, usual, changes]).toEqual([null, null, []]);
    expect(forecast?.perDay).toBeCloseTo(-2_400, -1);
    expect(forecast?.days).toBeCloseTo((1e6 - 5_000) / 2_400, 0);
  });

  it('tells availability as figures that differ, each with what was observed of it', async () => {
    const { collectors, databases } = await told<AvailabilityReport>('availability', '--last', '24h');
    const [topPools] = collectors;
    expect(topPools).toMatchObject({ collectorId: 'top_pools' });
    expect(topPools?.runs.share).toBeCloseTo(0.8, 2);
    expect(topPools?.time.share).toBeCloseTo(0.8, 2);
    expect(topPools?.data.share).toBeCloseTo(0.9, 1);
    expect(topPools?.budget.used).toBeCloseTo(4, 1);
    expect(topPools?.burnRates.map(({ isBurning }) => isBurning)).toEqual([false, false]);
    expect(databases[0]).toMatchObject({ database: 'market', time: { share: 1 }, budget: { used: 0 } });
    expect(databases[1]).toMatchObject({ database: 'monitor', time: { share: null, coverage: 0 } });
  });

  it('refuses to compare before a baseline was captured, and then compares with it', async () => {
    const early = await runCli('metrics', 'baseline', ...place);
    expect(early).toMatchObject({ code: 2, stderr: expect.stringContaining('No baseline') as string });
    const compared = await told<{ lines: readonly { captured: object; present: object }[] }>('baseline', '--capture');
    expect(compared.lines).toHaveLength(1);
    expect(compared.lines[0]?.captured).toMatchObject({ min: 2, max: 6 });
  });

  it('tells what keeping the series costs', async () => {
    const tiers = await told<readonly TierCost[]>('cost');
    expect(tiers.map(({ tier }) => tier)).toEqual(['raw', 'minute', 'ten_minutes', 'hour', 'day', 'journal']);
    expect(tiers[0]?.bytesPerSample).toBeLessThan(2);
  });
});
