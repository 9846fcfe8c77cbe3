// The command line beside an instance that runs on the same profile: two processes, one database, one socket.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RetentionTier } from '../../src/shared/domain/retention';
import { createMarketServer, type MarketServer } from '../../src/main/demo/httpServer';
import { takeForeignLock } from '../support/foreignLock';
import { runCli, startCli, type RunningCli } from '../support/cliProcess';
import { startReceiver } from '../support/noticeReceiver';
import { CLI_FILE, collectorsEvery, QUICK_SETTINGS, until } from '../support/engineBench';

/** Nothing is due for an hour after the first runs, so that whatever runs then was ordered. */
const CALM_SETTINGS = { ...QUICK_SETTINGS, collectors: collectorsEvery(3_600_000) };

const POOL = '8sLbNZoA1cfnvMJLPfp98ZLAnFSYCFApfJKMbiXN';

let dir: string;
let market: MarketServer;
let instance: ChildProcess | null = null;

beforeAll(async () => {
  market = await createMarketServer({ seed: 3, port: 0, rateLimit: { capacity: 10_000, refillMs: 1 }, control: true });
});
afterAll(() => market.stop());

function makePlace(): void {
  dir = mkdtempSync(join(tmpdir(), 'poolwatch-cli-'));
  writeFileSync(join(dir, 'settings.json'), JSON.stringify(CALM_SETTINGS));
}

async function removePlace(): Promise<void> {
  await end('SIGKILL');
  rmSync(dir, { recursive: true, force: true });
}

const place = (): readonly string[] => ['--base-url', market.baseUrl, '--data-dir', dir];
const stateDir = (): string => {
  const profiles = join(dir, 'profiles');
  const [profile = 'none'] = existsSync(profiles) ? readdirSync(profiles) : [];
  return join(profiles, profile, 'state');
};

async function startInstance(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [CLI_FILE, 'run', '--for', '10m', ...place()], { stdio: 'ignore' });
  instance = child;
  await until('the instance to listen', () => existsSync(join(stateDir(), 'socket.json')));
  return child;
}

async function end(signal: NodeJS.Signals): Promise<number | null> {
  const child = instance;
  instance = null;
  if (!child || child.exitCode !== null) return child?.exitCode ?? null;
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill(signal);
  return await ended;
}

const TIMES = { timeout: 60_000, interval: 100 };

interface Listed {
  readonly id: string;
  readonly title: string;
  readonly state: string;
}

/** A `collect` that waits for a run in the instance, which waits for the source. */
async function collectFromSlowSource(): Promise<RunningCli> {
  // All are paused: the only call to the source is the one that is ordered.
  expect(await runCli('pause', 'all', ...place())).toMatchObject({ code: 0 });
  await startInstance();
  market.inject({ match: '/dexes', kind: 'slow', times: null, delayMs: 600_000 });
  const before = market.ledger().calls;
  const collecting = startCli('collect', 'dexes', ...place());
  await until('the run to begin', () => market.ledger().calls > before);
  return collecting;
}

describe('the command line beside an instance that goes on', () => {
  beforeAll(async () => {
    makePlace();
    await startInstance();
  });
  afterAll(removePlace);

  it('asks and orders it while it holds the database', async () => {
    const status = await runCli('status', '--format', 'json', ...place());
    expect(status.code).toBe(0);
    expect(JSON.parse(status.stdout)).toMatchObject({ running: true, pid: instance?.pid, mode: 'live' });

    const paused = await runCli('pause', 'dexes', '--for', '10m', '--format', 'csv', ...place());
    expect(paused).toMatchObject({ code: 0, stdout: 'collector,result,detail\ndexes,paused,\n' });
    const listed = await runCli('collectors', '--format', 'json', ...place());
    const collectors = JSON.parse(listed.stdout) as { id: string; health: string; pause: { untilMs: number } }[];
    const dexes = collectors.find(({ id }) => id === 'dexes');
    expect(dexes?.health).toBe('paused');
    expect(dexes?.pause.untilMs).toBeGreaterThan(Date.now());
    expect(await runCli('resume', 'all', ...place())).toMatchObject({ code: 0 });
    const events = await runCli('events', '--collector', 'dexes', '--format', 'json', ...place());
    expect((JSON.parse(events.stdout) as { kind: string }[]).map(({ kind }) => kind)).toEqual(['resumed', 'paused']);

    const collected = await runCli('collect', 'dexes', '--format', 'json', ...place());
    expect(collected.code).toBe(0);
    expect(JSON.parse(collected.stdout)).toMatchObject({ collectorId: 'dexes', trigger: 'manual', outcome: 'ok' });

    expect(await runCli('retry', 'dexes', ...place())).toMatchObject({ code: 0 });
  });

  it('changes the watchlist and asks about the data of it', async () => {
    expect(await runCli('watchlist', 'add', 'solana', POOL, ...place())).toMatchObject({ code: 0, stderr: '' });
    const listed = await runCli('watchlist', 'list', '--format', 'csv', ...place());
    expect(listed.stdout).toContain(`solana_${POOL},`);
    for (const command of ['gaps', 'backfill', 'data-quality'])
      expect(await runCli(command, '--format', 'json', ...place())).toMatchObject({ code: 0 });
  });

  it('adds a place where notices go, without its address in any argument, tests and removes it', async () => {
    const receiver = await startReceiver();
    try {
      vi.stubEnv('POOLWATCH_CHANNEL_URL', `${receiver.url}/hidden-path`);
      const saved = await runCli(
        'channels',
        'save',
        '--kind',
        'webhook',
        '--title',
        'Hook',
        '--format',
        'json',
        ...place(),
      );
      vi.unstubAllEnvs();
      expect(saved).toMatchObject({ code: 0, stderr: expect.stringContaining('no keychain') });
      const [line] = JSON.parse(saved.stdout) as { id: string }[];
      const id = line?.id ?? '';
      expect(await runCli('channels', 'test', id, ...place())).toMatchObject({ code: 0, stderr: '' });
      expect(receiver.posts).toMatchObject([{ path: '/hidden-path', body: { severity: 'info' } }]);
      const listed = await runCli('channels', '--format', 'csv', ...place());
      expect(listed.stdout).toContain(`${id},webhook,Hook,${new URL(receiver.url).host},yes,warning,0,`);
      expect(readFileSync(join(dir, 'settings.json'), 'utf8')).not.toContain('hidden-path');
      expect(await runCli('channels', 'remove', id, ...place())).toMatchObject({ code: 0 });
    } finally {
      await receiver.stop();
    }
  });

  it('says what is kept and what that costs, also in the database about itself', async () => {
    const { code, stdout } = await runCli('retention', '--format', 'json', ...place());
    expect(code).toBe(0);
    const tiers = JSON.parse(stdout) as (RetentionTier & { database: string })[];
    expect(tiers.find(({ table }) => table === 'pool_snapshots')).toMatchObject({ database: 'market', keepDays: null });
    const runs = tiers.find(({ table }) => table === 'runs');
    expect(runs).toMatchObject({ database: 'monitor', keepDays: QUICK_SETTINGS.retention.runsDays });
    expect(runs?.estimatedBytes).toBeGreaterThan(100 * (runs?.rows ?? 0));
  });

  it('waits for long work that it ordered, and says how it ended', async () => {
    const backup = await runCli('backup', 'market', '--format', 'json', ...place());
    expect(backup).toMatchObject({ code: 0, stderr: '' });
    const [operation] = JSON.parse(backup.stdout) as { state: string; detail: string }[];
    expect(operation?.state).toBe('done');
    const file = /\S+\.db/.exec(operation?.detail ?? '')?.[0] ?? '';
    expect(existsSync(file)).toBe(true);
  });

  it('lists what is wrong, takes orders about it, and tells its story', async () => {
    const marketFile = readdirSync(dir, { recursive: true, encoding: 'utf8' }).find((file) =>
      file.endsWith('market.db'),
    );
    const holder = await takeForeignLock(join(dir, marketFile ?? ''), 'write');
    // Something has to be stored for the lock to be met.
    const collecting = startCli('collect', 'dexes', ...place());
    let id = '';
    try {
      await expect
        .poll(async () => {
          const { stdout } = await runCli('alerts', 'list', '--format', 'json', ...place());
          const open = JSON.parse(stdout) as Listed[];
          id = open[0]?.id ?? '';
          return open;
        }, TIMES)
        .toMatchObject([{ state: 'open', title: expect.stringContaining(`process ${holder.pid}`) }]);
      const beginning = id.slice(0, 8);
      const ack = await runCli('alerts', 'ack', beginning, '--note', 'a copy runs', '--format', 'csv', ...place());
      expect(ack).toMatchObject({ code: 0, stdout: `id,result\n${id},acknowledged\n` });
      expect(await runCli('alerts', 'snooze', beginning, '--for', '1h', ...place())).toMatchObject({ code: 0 });
      const silence = ['alerts', 'silence', 'database/market', '--for', '1h', '--reason', 'known'];
      expect(await runCli(...silence, ...place())).toMatchObject({ code: 0 });
      expect(await runCli('alerts', 'ack', 'none', '--note', 'x', ...place())).toMatchObject({
        code: 2,
        stderr: 'poolwatch: No open incident has this id.\n',
      });
    } finally {
      await holder.release();
    }
    await collecting.finished;
    await expect
      .poll(async () => {
        const { stdout } = await runCli('incidents', '--format', 'json', ...place());
        return (JSON.parse(stdout) as Listed[]).find((incident) => incident.id === id)?.state;
      }, TIMES)
      .toBe('resolved');
    const shown = await runCli('incidents', 'show', id.slice(0, 13), '--format', 'json', ...place());
    const { incident, timeline } = JSON.parse(shown.stdout) as {
      incident: { ack: { note: string } };
      timeline: { kind: string }[];
    };
    expect(incident.ack.note).toBe('a copy runs');
    expect(timeline.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['opened', 'acknowledged', 'resolved']));
    expect(await runCli('incidents', 'show', 'none', ...place())).toMatchObject({ code: 2 });
  });

  it('refuses to collect into the same profile twice, and says who does', async () => {
    const second = await runCli('run', '--for', '1s', ...place());
    expect(second).toMatchObject({ code: 2, stdout: '' });
    expect(second.stderr).toContain(`process ${instance?.pid}`);
  });

  it('ends it with a signal, and nobody listens any more', async () => {
    const file = join(stateDir(), 'socket.json');
    expect(existsSync(file)).toBe(true);
    expect(await end('SIGTERM')).toBe(0);
    expect(existsSync(file)).toBe(false);
  });
});

describe('the command line beside an instance that comes and goes', () => {
  beforeEach(makePlace);
  afterEach(removePlace);

  it('works by itself after the instance was killed, whatever it left behind', async () => {
    await startInstance();
    await end('SIGKILL');
    expect(existsSync(join(stateDir(), 'socket.json'))).toBe(true);
    const status = await runCli('status', '--format', 'json', ...place());
    expect(status.code).toBe(0);
    expect(JSON.parse(status.stdout)).toMatchObject({ running: false, pid: null });
  });

  it('stops waiting on Ctrl-C, and leaves the run alone', async () => {
    try {
      const impatient = await collectFromSlowSource();
      impatient.kill('SIGINT');
      expect(await impatient.finished).toEqual({
        code: 130,
        stdout: '',
        stderr: 'poolwatch: the run goes on in the running Poolwatch.\n',
      });
      expect(await runCli('collect', 'dexes', ...place())).toMatchObject({ code: 2, stdout: '' });
    } finally {
      market.clearFaults();
    }
  });

  it('fails in one sentence when the instance dies while it waits', async () => {
    try {
      const waiting = await collectFromSlowSource();
      await end('SIGKILL');
      expect(await waiting.finished).toEqual({
        code: 1,
        stdout: '',
        stderr: 'poolwatch: The running Poolwatch went away.\n',
      });
    } finally {
      market.clearFaults();
    }
  });
});

describe('the command line alone', () => {
  beforeEach(makePlace);
  afterEach(removePlace);

  it('runs one collector, prints its report and starts nothing else', async () => {
    const collected = await runCli('collect', 'top-pools', '--format', 'json', ...place());
    expect(collected).toMatchObject({ code: 0, stderr: '' });
    const report = JSON.parse(collected.stdout) as { fetched: number; valid: number; inserted: number; calls: number };
    expect(report.inserted).toBeGreaterThan(0);
    expect(report.valid).toBe(report.fetched);
    const listed = await runCli('collectors', '--format', 'json', ...place());
    const ran = (JSON.parse(listed.stdout) as { id: string; lastRun: unknown }[]).filter(({ lastRun }) => lastRun);
    expect(ran.map(({ id }) => id)).toEqual(['top_pools']);
  });

  it('writes a table to a file, and says what is wrong with what cannot be imported', async () => {
    expect(await runCli('collect', 'dexes', ...place())).toMatchObject({ code: 0 });
    const file = join(dir, 'dexes.csv');
    const exported = await runCli('export', 'dexes', file, '--format', 'json', ...place());
    expect(exported).toMatchObject({ code: 0, stderr: '' });
    const { path, rows } = JSON.parse(exported.stdout) as { path: string; rows: number };
    expect(path).toBe(file);
    expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(rows + 1);
    expect(rows).toBeGreaterThan(0);
    expect(await runCli('export', 'dexes', join(dir, 'dexes.xyz'), ...place())).toMatchObject({ code: 2 });
    const nothing = await runCli('import', join(dir, 'absent.db'), '--dry-run', ...place());
    expect([1, 2]).toContain(nothing.code);
    expect(nothing.stderr).toMatch(/^poolwatch: .+\n$/);
  });

  it('keeps the watchlist: adds, lists, prints it as CSV, takes a file larger than one order, removes', async () => {
    expect(await runCli('watchlist', 'add', 'solana', POOL, '--symbol', 'AAA', ...place())).toMatchObject({ code: 0 });
    expect(await runCli('watchlist', 'add', 'solana', POOL, ...place())).toMatchObject({ code: 2, stdout: '' });
    const exported = await runCli('watchlist', 'export', ...place());
    expect(exported.stdout).toMatch(new RegExp(`^tokenSymbol,.*\r\nAAA,,solana,,${POOL},,,\r\n$`));
    const file = join(dir, 'list.csv');
    const rows = Array.from(
      { length: 900 },
      (_, row) => `T${row},"a name\nin two lines",solana,,${POOL}${10_000 + row}`,
    );
    writeFileSync(file, ['tokenSymbol,tokenName,chain,dex,poolAddress', ...rows, 'X,,solana,,', ''].join('\n'));
    const imported = await runCli('watchlist', 'import', file, '--format', 'json', ...place());
    expect(imported.stderr).toBe('poolwatch: line 1802, poolAddress: rejected: The pool address is missing.\n');
    expect(JSON.parse(imported.stdout)).toMatchObject({ rows: 901, added: 900, rejected: 1 });
    expect(await runCli('watchlist', 'remove', `solana_${POOL}`, ...place())).toMatchObject({ code: 0 });
    const listed = await runCli('watchlist', 'list', '--format', 'json', ...place());
    expect(JSON.parse(listed.stdout)).toHaveLength(900);
  });

  it('says what is missing and what it takes, fetches it, and then nothing is missing', async () => {
    expect(await runCli('collect', 'top_pools', ...place())).toMatchObject({ code: 0 });
    const scope = ['--timeframe', 'hour', '--days', '2', '--format', 'json'];
    const preview = await runCli('backfill', ...scope, ...place());
    expect(preview.stderr).toMatch(
      /^poolwatch: it takes \d+ calls? and about \d+ minutes? .*--start fetches them\.\n$/,
    );
    expect((JSON.parse(preview.stdout) as { calls: number }).calls).toBeGreaterThan(0);
    expect(await runCli('backfill', '--start', ...scope, ...place())).toMatchObject({ code: 0, stderr: '' });
    const gaps = await runCli('gaps', ...scope, ...place());
    const series = JSON.parse(gaps.stdout) as { missing: number; present: number }[];
    expect(series.map(({ missing }) => missing)).toEqual(series.map(() => 0));
    expect(series.reduce((sum, { present }) => sum + present, 0)).toBeGreaterThan(0);
    const quality = await runCli('data-quality', '--format', 'json', ...place());
    expect(quality.code).toBe(0);
    expect(quality.stderr).toMatch(/^poolwatch: .+\n$/);
  });

  it('exits 1 with the cause when the source fails', async () => {
    market.inject({ match: '/dexes', kind: '401', times: null, delayMs: 0 });
    try {
      const collected = await runCli('collect', 'dexes', '--format', 'csv', ...place());
      expect(collected.code).toBe(1);
      expect(collected.stderr).toMatch(/^poolwatch: .+\n$/);
      expect(collected.stdout.split('\n')[1]).toMatch(/^dexes,failed,/);
    } finally {
      market.clearFaults();
    }
  });

  it('keeps a pause for the instance that starts later', async () => {
    expect(await runCli('pause', 'ohlcv', ...place())).toMatchObject({ code: 0 });
    await startInstance();
    const listed = await runCli('collectors', '--format', 'json', ...place());
    const collectors = JSON.parse(listed.stdout) as { id: string; health: string }[];
    expect(collectors.find(({ id }) => id === 'ohlcv')?.health).toBe('paused');
  });

  it.each([
    ['there is nobody to retry', ['retry', 'dexes'], /No Poolwatch runs/],
    ['the collector is not paused', ['resume', 'dexes'], /is not paused/],
    ['there is nobody who keeps channels', ['channels'], /No Poolwatch runs/],
  ])('is refused with exit code 2 when %s', async (_when, args, why) => {
    const refused = await runCli(...args, ...place());
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(why);
  });

  it('answers --help of every command with its options and an example', async () => {
    const help = await runCli('--help');
    const names = [...help.stdout.matchAll(/^ {2}([a-z-]+) /gm)].flatMap(([, name]) => (name ? [name] : []));
    expect(names).toContain('collect');
    expect(help.stdout).toContain('Exit codes');
    const helps = await Promise.all(names.filter((name) => name !== 'help').map((name) => runCli(name, '--help')));
    for (const { code, stdout } of helps) {
      expect(code).toBe(0);
      expect(stdout).toMatch(/--help/);
      expect(stdout).toMatch(/Example:\n {2}poolwatch |Commands:/);
    }
  });
});
