// The program as the window drives it: queries, commands, and switching between the demo market and another source.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMarketServer } from '../../src/main/demo/httpServer';
import { NO_STARTUP, type Application, type ApplicationPorts } from '../../src/main/engine/application';
import { createApplication } from '../../src/main/engine/createApplication';
import { applyPatch, type AppSnapshot } from '../../src/shared/contract/snapshot';
import { DIAGNOSTIC_STEPS, type DiagnosticReport, type DiagnosticStepId } from '../../src/shared/domain/diagnostics';
import { COLLECTOR_IDS } from '../../src/shared/domain/collector';
import { readZip } from '../support/readZip';
import { PORT_THREADS, QUICK_SETTINGS, until, WORKERS } from '../support/engineBench';

let dir: string;
let application: Application | null = null;
const secrets = new Map<string, string>();
const copied: string[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'poolwatch-app-'));
  secrets.clear();
  copied.length = 0;
});
afterEach(async () => {
  await application?.stop();
  application = null;
  rmSync(dir, { recursive: true, force: true });
});

const ports = (): ApplicationPorts => ({
  chooseSaveFile: () => Promise.resolve(join(dir, 'pools.csv')),
  chooseOpenPlace: () => Promise.resolve(null),
  openLink: () => Promise.resolve(),
  copyText: (text) => void copied.push(text),
  openFolder: () => Promise.resolve(),
  startup: NO_STARTUP,
  secrets: {
    isPersistent: () => false,
    get: (name) => Promise.resolve(secrets.get(name) ?? null),
    set(name, value) {
      if (value === null) secrets.delete(name);
      else secrets.set(name, value);
      return Promise.resolve();
    },
  },
  showNotice: () => Promise.resolve({ kind: 'sent' }),
});

/** Starts the application and follows its patches the way the window does. */
async function start(): Promise<{ readonly app: Application; snapshot(): AppSnapshot }> {
  const app = await createApplication(
    {
      rootDir: dir,
      modeOverride: null,
      workers: {
        ...WORKERS,
        ...PORT_THREADS,
        demoMarket: resolve(import.meta.dirname, '../../out/main/demoMarket.js'),
      },
      appVersion: '0.0.0',
      runtime: {},
      testBuild: true,
    },
    ports(),
  );
  application = app;
  const first = await app.queries['snapshot.get'](null);
  if (!first.ok) throw new Error(first.error.message);
  let snapshot = first.value;
  app.onPatch((patch) => {
    snapshot = applyPatch(snapshot, patch) ?? snapshot;
  });
  return { app, snapshot: () => snapshot };
}

const collected = (snapshot: AppSnapshot): boolean =>
  snapshot.collectors.some(({ lastSuccessAtMs }) => lastSuccessAtMs);

describe('the application', () => {
  it('starts on the demo market without any settings and says that all is well', async () => {
    const { snapshot } = await start();
    expect(snapshot().app.mode).toBe('demo');
    await until('a good verdict', () => snapshot().verdict.level === 'ok');
    expect(snapshot().collectors.map(({ id }) => id)).toEqual([...COLLECTOR_IDS]);
  });

  it('switches the source without mixing data and keeps the choice for the next start', async () => {
    const market = await createMarketServer({ seed: 5, port: 0 });
    writeFileSync(
      join(dir, 'settings.json'),
      JSON.stringify({ ...QUICK_SETTINGS, source: { ...QUICK_SETTINGS.source, baseUrl: market.baseUrl } }),
    );
    try {
      const { app, snapshot } = await start();
      await until('demo rows', () => collected(snapshot()));
      const switched = await app.commands['source.use']({ mode: 'live', keyPlan: 'none', apiKey: null });
      expect(switched).toEqual({ ok: true, value: { keyStored: 'none' } });
      await until('live rows', () => snapshot().app.mode === 'live' && collected(snapshot()));
      const [database] = snapshot().databases;
      expect(database?.path).toMatch(/custom-[0-9a-f]{8}/);
      expect(existsSync(join(dir, 'profiles', 'demo', 'market.db'))).toBe(true);
      await app.stop();
      const again = await start();
      expect(again.snapshot().app.mode).toBe('live');
    } finally {
      await application?.stop();
      await market.stop();
    }
  });

  it('diagnoses itself, keeps the other findings when one step is looked at again, and names no folder to strangers', async () => {
    const { app, snapshot } = await start();
    expect(await app.commands['diagnostics.copy'](null)).toMatchObject({ ok: false, error: { code: 'conflict' } });
    const report = async (): Promise<DiagnosticReport | null> => {
      const answer = await app.queries['diagnostics.report'](null);
      return answer.ok ? answer.value : null;
    };
    const diagnose = async (steps: readonly DiagnosticStepId[] | null): Promise<void> => {
      const started = await app.commands['diagnostics.run']({ steps });
      if (!started.ok) throw new Error(started.error.message);
      const { operationId } = started.value;
      await until('the end of the diagnosis', () =>
        snapshot().operations.some(({ id, state }) => id === operationId && state === 'done'),
      );
    };
    await diagnose(null);
    const first = await report();
    await diagnose(['disk']);
    const second = await report();
    expect(second?.results.map(({ step }) => step)).toEqual([...DIAGNOSTIC_STEPS]);
    expect(second?.startedAtMs).toBeGreaterThan(first?.startedAtMs ?? Infinity);
    expect(await app.commands['diagnostics.copy'](null)).toEqual({ ok: true, value: null });
    expect(copied[0]).toContain('| Free disk space | ok |');
    expect(copied[0]).not.toContain(dir);
  });

  it('goes by changed settings from the next snapshot on, and says which one will not do', async () => {
    const market = await createMarketServer({ seed: 5, port: 0 });
    const source = { ...QUICK_SETTINGS.source, mode: 'live', baseUrl: market.baseUrl };
    writeFileSync(join(dir, 'settings.json'), JSON.stringify({ ...QUICK_SETTINGS, source }));
    try {
      const { app, snapshot } = await start();
      await until('rows', () => collected(snapshot()));
      const change = app.commands['settings.change'];
      expect(await change({ change: { topPools: { maxPages: 99 } } })).toMatchObject({
        error: { code: 'bad_request', field: 'topPools.maxPages' },
      });
      expect(await change({ change: { collectors: { networks: { intervalMs: 7_000 } } } })).toMatchObject({ ok: true });
      await until('the new interval', () =>
        snapshot().collectors.some(({ id, cadence }) => id === 'networks' && cadence.baseMs === 7_000),
      );
      await until('collecting goes on', () => collected(snapshot()));
      expect(await change({ change: { appearance: { motion: 'reduced' }, retention: { runsDays: 7 } } })).toMatchObject(
        {
          ok: true,
        },
      );
      await until('the next snapshot', () => snapshot().app.motion === 'reduced');
      const tiers = await app.queries['retention.cost']({ database: 'monitor' });
      expect(tiers.ok && tiers.value.tiers.find(({ table }) => table === 'runs')?.keepDays).toBe(7);

      const about = await app.queries['app.about'](null);
      expect(about).toMatchObject({
        ok: true,
        value: { secrets: 'memory', versions: { sqlite: expect.stringMatching(/^3\.\d+/) } },
      });
      await app.commands['app.copy']({ what: 'about' });
      expect(copied.at(-1)).toContain(`Data folder: ${dir}`);
    } finally {
      await application?.stop();
      await market.stop();
    }
  });

  it('exports its settings without anything secret', async () => {
    const ping = 'https://ping.example/hidden-path';
    const baseUrl = 'http://user:hidden-word@market.invalid/api/v2';
    const source = { ...QUICK_SETTINGS.source, baseUrl };
    writeFileSync(
      join(dir, 'settings.json'),
      JSON.stringify({ ...QUICK_SETTINGS, source, doors: { ping: { url: ping } } }),
    );
    const { app } = await start();
    expect(await app.commands['settings.export'](null)).toMatchObject({ ok: true });
    const text = readFileSync(join(dir, 'pools.csv'), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ topPools: QUICK_SETTINGS.topPools, doors: { ping: { url: null } } });
    expect(text).not.toMatch(/hidden-(?:path|word)/);
    const shown = await app.queries['settings.saved'](null);
    expect(shown).toMatchObject({ ok: true, value: { replaced: expect.arrayContaining(['collectors']) } });
    expect(JSON.stringify(shown)).not.toMatch(/hidden-(?:path|word)/);
  });

  it('leads from a run to its lines in the log, and puts it all into a bundle in which no planted secret is', async () => {
    const planted = {
      key: 'CG-planted-key-1234',
      ping: 'http://127.0.0.1:9/planted-ping',
      hook: 'https://hooks.example/planted-hook',
      token: 'planted-token-5678',
    };
    secrets.set('coingecko-api-key', planted.key);
    const doors = { metrics: { enabled: true, port: 0 }, ping: { url: planted.ping } };
    writeFileSync(join(dir, 'settings.json'), JSON.stringify({ ...QUICK_SETTINGS, doors }));
    const other = join(dir, 'logs', 'other');
    mkdirSync(other, { recursive: true });
    const said = {
      level: 'error',
      time: new Date().toISOString(),
      msg: `${Object.values(planted).join(' ')} in ${dir}`,
    };
    writeFileSync(join(other, 'poolwatch.1.log'), `${JSON.stringify(said)}\n`);
    const { app, snapshot } = await start();
    const address = { url: planted.hook, token: planted.token };
    const channel = { kind: 'webhook', id: null, title: 'Hook', enabled: false, minSeverity: 'info', address } as const;
    expect(await app.commands['channel.save'](channel)).toMatchObject({ ok: true });
    await until('a run', () => collected(snapshot()));

    const { lastRun } = snapshot().collectors.find(({ lastSuccessAtMs }) => lastSuccessAtMs !== null)!;
    const filter = { level: 'debug', text: null, collectorId: null, runId: lastRun!.id } as const;
    const page = await app.queries['logs.page']({ filter, from: null, direction: 'older', limit: 500 });
    const lines = page.ok ? page.value.lines : [];
    expect(lines.map(({ message }) => message)).toEqual(
      expect.arrayContaining(['run began', 'the source answered', 'rows were stored', 'run ended']),
    );
    expect(lines.find(({ message }) => message === 'rows were stored')?.details).toContain(
      `"batchId":"${lastRun!.id}/1"`,
    );
    expect(await app.commands['logs.copyLine']({ id: lines[0]!.id })).toMatchObject({ ok: true });
    expect(JSON.parse(copied[0]!)).toMatchObject({ runId: lastRun!.id });

    const path = join(dir, 'bundle.zip');
    const saved = await app.commands['diagnostics.bundle']({ path });
    expect(saved).toEqual({ ok: true, value: { path, bytes: statSync(path).size } });
    const files = readZip(readFileSync(path));
    expect([...files.keys()]).toEqual([
      'diagnosis.md',
      'settings.json',
      'versions.json',
      'incidents.json',
      'hosts.json',
      'operations/market.jsonl',
      'operations/monitor.jsonl',
      'logs/main.jsonl',
      'logs/other.jsonl',
    ]);
    const doorToken = readFileSync(join(dir, 'profiles', 'demo', 'state', 'doors.token'), 'utf8').trim();
    for (const [name, text] of files)
      for (const secret of [...Object.values(planted), doorToken, dir])
        expect([name, text.includes(secret)]).toEqual([name, false]);
    expect(files.get('diagnosis.md')).toContain('# Poolwatch diagnosis');
    expect(files.get('logs/main.jsonl')).toContain('run began');
    expect(JSON.parse(files.get('settings.json')!)).toMatchObject({ doors: { ping: { url: '***' } } });
  });

  it('refuses a plan that needs a key without one, and never writes a key to the settings', async () => {
    const { app } = await start();
    const refused = await app.commands['source.use']({ mode: 'live', keyPlan: 'pro', apiKey: null });
    expect(refused.ok ? null : refused.error.code).toBe('bad_request');
    expect(existsSync(join(dir, 'settings.json'))).toBe(false);
  });

  it('keeps a stored key when the source is chosen again without typing it', async () => {
    const market = await createMarketServer({ seed: 5, port: 0 });
    const source = { ...QUICK_SETTINGS.source, baseUrl: market.baseUrl };
    writeFileSync(join(dir, 'settings.json'), JSON.stringify({ ...QUICK_SETTINGS, source }));
    try {
      const { app } = await start();
      await app.commands['source.use']({ mode: 'live', keyPlan: 'demo', apiKey: 'a-key-of-mine' });
      await app.commands['source.use']({ mode: 'live', keyPlan: 'demo', apiKey: null });
      expect([...secrets.values()]).toEqual(['a-key-of-mine']);
    } finally {
      await application?.stop();
      await market.stop();
    }
  });

  it('goes back to what worked when a switch fails, and saves nothing of the failed choice', async () => {
    // A key is refused on an open line, so this source cannot start, and nothing is sent.
    const source = { ...QUICK_SETTINGS.source, baseUrl: 'http://market.invalid/api/v2' };
    writeFileSync(join(dir, 'settings.json'), JSON.stringify({ ...QUICK_SETTINGS, source }));
    const { app, snapshot } = await start();
    const switched = await app.commands['source.use']({ mode: 'live', keyPlan: 'pro', apiKey: 'a-key-of-mine' });
    expect(switched.ok).toBe(false);
    await until('the demo market again', () => snapshot().app.mode === 'demo' && collected(snapshot()));
    expect([...secrets.values()]).toEqual([]);
    const saved = JSON.parse(readFileSync(join(dir, 'settings.json'), 'utf8')) as typeof QUICK_SETTINGS;
    expect(saved.source).toEqual(source);
    expect(snapshot().banners.map(({ id }) => id)).toContain('source');
  });

  it('exports the pools it shows', async () => {
    const { app, snapshot } = await start();
    await until('pools', () =>
      snapshot().collectors.some(({ id, lastSuccessAtMs }) => id === 'top_pools' && lastSuccessAtMs !== null),
    );
    const filter = { networkId: null, dexId: null, search: null, minReserveUsd: null };
    // Collecting goes on meanwhile: pools may be added between one look and the next, never lost.
    const listed = async (): Promise<number> => {
      const args = { filter, sortBy: 'name', descending: false, offset: 0, limit: 1 } as const;
      const shown = await app.queries['pools.list'](args);
      return shown.ok ? shown.value.total : Number.NaN;
    };
    const before = await listed();
    const written = await app.commands['pools.export']({ filter, sortBy: 'name', descending: false });
    const after = await listed();
    const rows = written.ok ? written.value.rows : Number.NaN;
    expect(written).toMatchObject({ ok: true, value: { path: join(dir, 'pools.csv') } });
    expect(rows).toBeGreaterThanOrEqual(before);
    expect(rows).toBeLessThanOrEqual(after);
    // A line for the columns, and one after the end.
    expect(readFileSync(join(dir, 'pools.csv'), 'utf8').split('\n')).toHaveLength(rows + 2);
  });

  it('says in a banner that the settings were damaged, and runs', async () => {
    writeFileSync(join(dir, 'settings.json'), '{"appearance":');
    const { app, snapshot } = await start();
    const banner = snapshot().banners[0];
    expect(banner?.message).toContain('it is not valid JSON');
    await app.commands['banner.dismiss']({ id: banner?.id ?? '' });
    await until('the banner to go', () => snapshot().banners.length === 0);
  });

  it('refuses a data folder that cannot be written with a sentence', async () => {
    writeFileSync(join(dir, 'file'), '');
    const inside = join(dir, 'file', 'inside');
    const options = {
      rootDir: inside,
      modeOverride: null,
      workers: { ...WORKERS, ...PORT_THREADS, demoMarket: '' },
      appVersion: '',
      runtime: {},
      testBuild: true,
    };
    await expect(createApplication(options, ports())).rejects.toThrow(`The data folder cannot be written: ${inside}`);
  });
});
