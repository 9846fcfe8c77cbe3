// db-health and db-monitor as people and programs use them: the built command line beside a real instance, and on files that nobody
// owns; with real locks of another program and real damage.
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMarketServer, type MarketServer } from '../../src/main/demo/httpServer';
import { profileDirFor } from '../../src/main/engine/profiles';
import { COLLECTOR_IDS } from '../../src/shared/domain/collector';
import type { HealthReport } from '../../src/shared/domain/health';
import { type CliResult, runCli, startCli } from '../support/cliProcess';
import { CLI_FILE, collectorsEvery, QUICK_SETTINGS, until } from '../support/engineBench';
import { takeForeignLock } from '../support/foreignLock';

const SETTINGS = { ...QUICK_SETTINGS, collectors: collectorsEvery(3_600_000) };

interface PrintedReport extends HealthReport {
  readonly running: boolean;
  readonly pid: number | null;
}

let dir: string;
let market: MarketServer;
let instance: ChildProcess;

beforeAll(async () => {
  market = await createMarketServer({ seed: 3, port: 0, rateLimit: { capacity: 10_000, refillMs: 1 }, control: true });
  dir = mkdtempSync(join(tmpdir(), 'poolwatch-health-'));
  writeFileSync(join(dir, 'settings.json'), JSON.stringify(SETTINGS));
  // One collector is enough for rows, and leaves the machine to what is tested.
  const others = COLLECTOR_IDS.filter((id) => id !== 'dexes').map((id) => [id, { sinceMs: 0, untilMs: null }]);
  const stateDir = join(profileDir(), 'state');
  mkdirSync(stateDir, { recursive: true });
  writeFileSync(join(stateDir, 'pauses.json'), JSON.stringify(Object.fromEntries(others)));
  await startInstance();
  await until('rows to be asked for', () => market.ledger().calls > 0);
});
afterAll(async () => {
  await killInstance();
  await market.stop();
  rmSync(dir, { recursive: true, force: true });
});

const profileDir = (root = dir): string => {
  const source = { ...SETTINGS.source, baseUrl: market.baseUrl };
  return profileDirFor(root, { ...SETTINGS, source }, 'live');
};
const databaseFile = (name: string, root = dir): string => join(profileDir(root), `${name}.db`);
const place = (root = dir): readonly string[] => ['--base-url', market.baseUrl, '--data-dir', root];

async function startInstance(): Promise<void> {
  instance = spawn(process.execPath, [CLI_FILE, 'run', '--for', '10m', ...place()], { stdio: 'ignore' });
  const record = (): string => readFileSync(join(profileDir(), 'state', 'socket.json'), 'utf8');
  await until('the instance to listen', () => {
    try {
      return (JSON.parse(record()) as { pid: number }).pid === instance.pid;
    } catch {
      return false;
    }
  });
}

async function killInstance(): Promise<void> {
  if (instance.exitCode !== null || instance.signalCode !== null) return;
  const ended = new Promise((resolve) => instance.once('exit', resolve));
  instance.kill('SIGKILL');
  await ended;
}

function health(root: string, ...args: readonly string[]): Promise<CliResult> {
  return runCli('db-health', '--format', 'json', ...args, ...place(root));
}

function reportIn({ stdout }: CliResult): PrintedReport {
  return JSON.parse(stdout) as PrintedReport;
}

const digest = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** A copy of the profile that nobody owns, for one test to spoil. */
function copyOfProfile(): string {
  const root = mkdtempSync(join(tmpdir(), 'poolwatch-health-'));
  cpSync(dir, root, { recursive: true, filter: (source) => !source.endsWith('.sock') });
  return root;
}

describe('db-health beside a running instance', () => {
  it('finds both databases healthy, on connections of its own', async () => {
    const healthy = await health(dir);
    const report = reportIn(healthy);
    expect(healthy).toMatchObject({ code: 0, stderr: '' });
    expect(report).toMatchObject({ running: true, pid: instance.pid, verdict: 'Both databases are healthy.' });
    for (const { probe, running } of report.databases) {
      expect(probe).toMatchObject({ failure: null, facts: { journalMode: 'wal', isOurs: true } });
      expect(Object.values(probe?.ms ?? {}).every((ms) => ms !== null && ms >= 0)).toBe(true);
      expect(running?.state).toBe('ok');
    }
  });

  it('tests connectivity and performance, and leaves no scratch file', async () => {
    const tested = await health(dir, '--test-connectivity', '--test-performance');
    expect(tested.stderr).toBe('');
    for (const { connectivity, performance } of reportIn(tested).databases) {
      expect(connectivity).toMatchObject({ rounds: 20, failed: 0 });
      expect(performance?.commitOneRow.count).toBeGreaterThan(0);
      expect(performance?.read?.count).toBeGreaterThan(0);
    }
    expect(readdirSync(profileDir()).filter((name) => name.includes('scratch'))).toEqual([]);
  });

  it('names the program that holds the lock, says what to do, and is content once it lets go', async () => {
    const holder = await takeForeignLock(databaseFile('market'), 'write');
    try {
      const locked = await runCli('db-health', ...place());
      expect(locked.code).toBe(2);
      expect(locked.stdout).toContain(`CRITICAL  market.db takes no writes: node (process ${holder.pid})`);
      expect(locked.stdout).toContain(`Let process ${holder.pid} finish, or end it.`);
    } finally {
      await holder.release();
    }
    await expect.poll(async () => (await health(dir)).code, { timeout: 20_000 }).toBe(0);
  });
});

describe('db-monitor', () => {
  it('sees a lock at once, and goes on over the files when the instance ends', async () => {
    const watching = startCli('db-monitor', '--interval', '30', '--format', 'json', ...place());
    const lines = (type: string): readonly Record<string, unknown>[] =>
      watching
        .printed()
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Record<string, unknown>)
        .filter((line) => line['type'] === type);
    const lastPid = (): unknown => lines('sample').at(-1)?.['pid'];
    await until('the first look', () => lastPid() === instance.pid);

    const holder = await takeForeignLock(databaseFile('market'), 'write');
    const about = (type: string): readonly unknown[] => lines(type).filter(({ key }) => key === 'market.db write lock');
    await until('the lock to be told', () => about('began').length > 0, 20_000);
    expect(about('began')).toEqual([
      expect.objectContaining({ level: 'critical', text: expect.stringContaining(`process ${holder.pid}`) as unknown }),
    ]);
    await holder.release();
    await until('its end to be told', () => about('ended').length === 1, 20_000);

    await killInstance();
    await until('the files to be looked at', () => lastPid() === null, 20_000);
    watching.kill('SIGINT');
    const ended = await watching.finished;
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const summary = JSON.parse(ended.stdout.trimEnd().split('\n').at(-1) ?? '') as { type: string; worst: string };
    expect(summary).toMatchObject({ type: 'summary', worst: 'critical' });
  });

  it('comes back to the instance when it returns', async () => {
    const watching = startCli('db-monitor', '--interval', '1', '--duration', '60', ...place());
    await until('a look at the files', () => / files /.test(watching.printed()));
    await startInstance();
    await until('a look at the instance', () => watching.printed().includes(` ${instance.pid} `), 20_000);
    watching.kill('SIGTERM');
    expect((await watching.finished).code).toBe(0);
    await killInstance();
  });

  it('exits by the worst that it saw when its time is over', async () => {
    const root = copyOfProfile();
    const holder = await takeForeignLock(databaseFile('monitor', root), 'write');
    const short = await runCli('db-monitor', '--interval', '1', '--duration', '1', ...place(root));
    await holder.release();
    rmSync(root, { recursive: true });
    expect(short.code).toBe(2);
    expect(short.stdout).toContain(
      `! critical  monitor.db write lock: monitor.db takes no writes: node (process ${holder.pid})`,
    );
    expect(short.stderr).toMatch(/^poolwatch: \d+ looks? in .*the worst critical\.\n$/);
  });
});

describe('db-health on the files alone', () => {
  it('changes neither a database nor its log after a kill, and says that nothing is lost', async () => {
    const parts = ['market.db', 'market.db-wal', 'monitor.db', 'monitor.db-wal'].map((name) =>
      join(profileDir(), name),
    );
    const before = parts.map(digest);
    const alone = await health(dir, '--test-connectivity');
    expect(parts.map(digest)).toEqual(before);
    expect(alone.code).toBe(0);
    const report = reportIn(alone);
    expect(report).toMatchObject({ running: false, pid: null });
    expect(report.databases.map(({ probe }) => probe?.failure)).toEqual([null, null]);
  });

  it('finds damage and a missing file, and leaves both to their owner', async () => {
    const root = copyOfProfile();
    const file = databaseFile('market', root);
    rmSync(`${file}-wal`, { force: true });
    writeFileSync(file, Buffer.concat([Buffer.alloc(100, 'x'), readFileSync(file).subarray(100)]));
    rmSync(databaseFile('monitor', root));
    const before = digest(file);
    const spoiled = await health(root);
    expect(spoiled.code).toBe(2);
    expect(reportIn(spoiled).findings.filter(({ level }) => level === 'critical')).toMatchObject([
      { database: 'market', subject: 'connection', what: expect.stringContaining('damaged') as unknown },
      { database: 'monitor', subject: 'file', what: 'monitor.db is missing.' },
    ]);
    expect(digest(file)).toBe(before);
    expect(existsSync(databaseFile('monitor', root))).toBe(false);
    expect(existsSync(join(profileDir(root), 'quarantine'))).toBe(false);
    rmSync(root, { recursive: true });
  });

  it('refuses a folder where Poolwatch has never run, and leaves no trace there', async () => {
    const absent = join(dir, 'absent');
    const refused = await health(absent);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/^poolwatch: There is no data folder .+\n$/);
    expect(existsSync(absent)).toBe(false);
  });
});
