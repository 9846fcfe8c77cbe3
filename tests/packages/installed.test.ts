// The life of the deb on a computer that has never seen Poolwatch: installed by apt into a bare Debian, used, reinstalled, removed.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PACKAGES } from '../../scripts/lib/packages.mjs';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { Audit } from '../../bench/soak/audit';
import { newerDeb } from './support/newerDeb';
import { type CleanRoot, createCleanRoot, missingForCleanRoot, SOMEBODY } from './support/cleanRoot';

const PREPARATION_MS = 400_000;
const WINDOW_WITHIN_MS = 60_000;
const ROWS_WITHIN_MS = 60_000;
/** How long another program keeps the lock; a notice takes some of it. */
const LOCKED_S = 40;
const LOOK_EVERY_MS = 500;
const DESKTOP = { DISPLAY: ':77', DBUS_SESSION_BUS_ADDRESS: 'unix:path=/tmp/session-bus' } as const;
const DATA = `${SOMEBODY.home}/.config/Poolwatch`;
const SCREENSHOTS = join(ROOT, 'test-results', 'screenshots');

interface Status {
  readonly running: boolean;
  readonly collectors: readonly { readonly id: string; readonly health: string }[];
}

const missing = missingForCleanRoot();

describe('the deb on a bare Debian', () => {
  let root: CleanRoot;
  let before: ReadonlySet<string>;

  beforeEach(({ skip }) => skip(missing !== null, missing ?? ''));
  beforeAll(async () => {
    if (missing !== null) return;
    root = await createCleanRoot();
    const deb = readdirSync(PACKAGES).find((name) => name.endsWith('.deb')) ?? '';
    copyFileSync(join(PACKAGES, deb), join(root.dir, 'tmp', 'poolwatch.deb'));
    await root.must(['apt-get', 'update', '-qq']);
    before = await systemFiles();
  }, PREPARATION_MS);
  afterAll(async () => root?.stop());

  const asSomebody = { as: SOMEBODY, env: DESKTOP };
  const poolwatch = (...args: readonly string[]): Promise<string> =>
    root.must(['poolwatch', ...args], { as: SOMEBODY });

  it('brings all that the program needs', { timeout: PREPARATION_MS }, async () => {
    await apt('install', '/tmp/poolwatch.deb');
    expect(await root.must(['ldd', '/opt/Poolwatch/poolwatch'])).not.toContain('not found');
    expect(await root.must(['dpkg', '--verify', 'poolwatch'])).toBe('');
  });

  it('has a command line that needs no display, for everybody and for root', async () => {
    const told = await root.run(['poolwatch', 'status', '--demo', '--format', 'json'], { as: SOMEBODY });
    expect({ code: told.code, stderr: told.stderr }).toEqual({ code: 0, stderr: '' });
    expect((JSON.parse(told.stdout) as Status).collectors.map(({ id }) => id)).toContain('dexes');
    // On the folder that the window uses, unless another is named.
    expect(existsSync(join(root.dir, DATA, 'profiles', 'demo', 'market.db'))).toBe(true);
    const byRoot = await root.run(['poolwatch', 'status', '--demo', '--data-dir', '/tmp/of-root']);
    expect({ code: byRoot.code, stderr: byRoot.stderr }).toEqual({ code: 0, stderr: '' });
    const mistaken = await root.run(['poolwatch', 'statuss'], { as: SOMEBODY });
    expect(mistaken.code).toBe(2);
    expect(mistaken.stderr).toContain("unknown command 'statuss'");
  });

  it('starts from its menu entry, in its sandbox, and collects', { timeout: PREPARATION_MS }, async () => {
    await apt('install', 'xvfb', 'dbus-daemon', 'libgtk-3-bin', 'x11-utils', 'maim');
    root.start(['Xvfb', DESKTOP.DISPLAY, '-screen', '0', '1400x900x24', '-nolisten', 'tcp']);
    root.start(['dbus-daemon', '--session', '--nofork', `--address=${DESKTOP.DBUS_SESSION_BUS_ADDRESS}`], asSomebody);
    await until(WINDOW_WITHIN_MS, async () => (await root.run(['xdpyinfo'], asSomebody)).code === 0);
    await launch();

    const windows = await root.must(['xwininfo', '-root', '-tree'], asSomebody);
    expect(windows).toContain('("poolwatch" "Poolwatch")');
    await until(ROWS_WITHIN_MS, hasRows);
    await picture('installed');

    const statuses = await root.must([
      'sh',
      '-c',
      'for p in /proc/[0-9]*; do tr "\\0" " " <$p/cmdline | grep -q -- "--type=renderer" && cat $p/status; done; true',
    ]);
    expect(statuses).toMatch(/Seccomp:\s+2/);
    expect(statuses).toMatch(/NoNewPrivs:\s+1/);
  });

  it('looks at its databases from the command line, beside the running window', async () => {
    const health = await root.run(['poolwatch', 'db-health', '--format', 'json'], { as: SOMEBODY });
    expect(health.stderr).toBe('');
    expect([0, 1]).toContain(health.code);
    expect(health.stdout).toContain('market.db');
    expect(health.stdout).toContain('"connection"');
  });

  it('tells of a fault on the desktop, by name', { timeout: PREPARATION_MS }, async () => {
    await apt('install', 'dunst', 'sqlite3');
    root.start(['dunst'], asSomebody);
    const market = join(DATA, 'profiles', 'demo', 'market.db');
    const holder = root.start(
      ['sh', '-c', `(echo 'BEGIN IMMEDIATE;'; sleep ${LOCKED_S}) | sqlite3 ${market}`],
      asSomebody,
    );
    const released = once(holder, 'exit');
    const shown = async () => Number((await root.run(['dunstctl', 'count', 'displayed'], asSomebody)).stdout) > 0;
    await until(LOCKED_S * 1_000, shown);
    await picture('installed-notice');
    const health = await root.run(['poolwatch', 'db-health', '--format', 'json'], { as: SOMEBODY });
    expect(health.code).toBe(2);
    expect(health.stdout).toMatch(/sqlite3 \(process \d+\) holds the write lock/);
    await released;
    await until(
      LOCKED_S * 1_000,
      async () => (await root.run(['poolwatch', 'db-health'], { as: SOMEBODY })).code !== 2,
    );
  });

  it(
    'is upgraded while it runs, goes on, and starts again as the new version with all its data',
    { timeout: PREPARATION_MS },
    async () => {
      const profile = join(root.dir, DATA, 'profiles', 'demo');
      const audit = new Audit(join(root.dir, DATA), profile);
      await audit.look();
      const before = audit.books();
      expect(before.batches).toBeGreaterThan(0);
      const older = await runningVersion();
      const newer = newerDeb(join(root.dir, 'tmp', 'poolwatch.deb'), join(root.dir, 'tmp', 'newer.deb'));
      await apt('install', '/tmp/newer.deb');
      // Still the old one, from files that have been replaced.
      expect(await runningVersion()).toBe(older);
      await until(ROWS_WITHIN_MS, hasRows);
      await quit();
      await launch();
      await until(ROWS_WITHIN_MS, hasRows);
      expect(await runningVersion()).toBe(newer);
      await audit.look();
      const { lostBatches, appliedTwice, batches } = audit.books();
      expect({ lostBatches, appliedTwice }).toEqual({ lostBatches: [], appliedTwice: 0 });
      expect(batches).toBeGreaterThan(before.batches);
    },
  );

  it('survives a reinstallation with its data', { timeout: PREPARATION_MS }, async () => {
    await quit();
    const kept = dataHashes();
    expect(kept.size).toBeGreaterThan(0);
    await apt('install', '--reinstall', '/tmp/newer.deb');
    expect(dataHashes()).toEqual(kept);
    await launch();
    await until(ROWS_WITHIN_MS, hasRows);
    await quit();
  });

  it('leaves what was collected and nothing else when it is removed', { timeout: PREPARATION_MS }, async () => {
    const kept = dataHashes();
    await apt('purge', 'poolwatch');
    expect(existsSync(join(root.dir, 'opt', 'Poolwatch'))).toBe(false);
    const left = [...(await systemFiles())].filter((file) => !before.has(file));
    expect(left.filter((file) => /poolwatch/i.test(file))).toEqual([]);
    const mentions = await root.run([
      'grep',
      '-rliI',
      'poolwatch',
      '/etc',
      '/usr/share',
      '/opt',
      '/var/lib/dpkg/alternatives',
    ]);
    expect(mentions.stdout).toBe('');
    expect(dataHashes()).toEqual(kept);
  });

  async function picture(name: string): Promise<void> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    await root.must(['maim', '/tmp/picture.png'], asSomebody);
    copyFileSync(join(root.dir, 'tmp', 'picture.png'), join(SCREENSHOTS, `${name}.png`));
  }

  async function apt(...args: readonly string[]): Promise<void> {
    const [verb = '', ...rest] = args;
    await root.must([
      'apt-get',
      verb,
      '-y',
      '-qq',
      '--no-install-recommends',
      '-o',
      'APT::Sandbox::User=root',
      ...rest,
    ]);
  }

  async function launch(): Promise<void> {
    // Not `must`: the program would keep the pipe open that the launcher leaves to it.
    await once(root.start(['gtk-launch', 'poolwatch'], asSomebody), 'exit');
    const hasWindow = async () => (await root.run(['xwininfo', '-name', 'Poolwatch'], asSomebody)).code === 0;
    await until(WINDOW_WITHIN_MS, hasWindow);
  }

  /** As a session that ends asks for it. */
  async function quit(): Promise<void> {
    const script = [
      `pid=$(ps -eo pid=,args= | awk '$2 == "/opt/Poolwatch/poolwatch" && !/--type=/ { print $1; exit }')`,
      'kill -TERM "$pid"',
      // Nobody in there collects what has ended.
      'while [ -e "/proc/$pid" ] && ! grep -q "^State:.Z" "/proc/$pid/status"; do sleep 0.1; done',
    ];
    await root.must(['sh', '-c', script.join('; ')]);
  }

  /** As the running instance tells it. */
  async function runningVersion(): Promise<string> {
    return (JSON.parse(await poolwatch('updates', '--format', 'json')) as { readonly version: string }).version;
  }

  /** As the running instance tells it. */
  async function hasRows(): Promise<boolean> {
    const { running, collectors } = JSON.parse(await poolwatch('status', '--format', 'json')) as Status;
    return running && collectors.some(({ id, health }) => id === 'top_pools' && health === 'ok');
  }

  /** Everything outside of homes, caches and the books of dpkg. */
  async function systemFiles(): Promise<ReadonlySet<string>> {
    const skipped = [
      '/proc',
      '/sys',
      '/dev',
      '/tmp',
      '/home',
      '/root',
      '/var/cache',
      '/var/log',
      '/var/lib/apt',
      '/var/lib/dpkg/info',
    ];
    const prune = skipped.flatMap((path, index) => [...(index === 0 ? [] : ['-o']), '-path', path]);
    return new Set((await root.must(['find', '/', '(', ...prune, ')', '-prune', '-o', '-print'])).trim().split('\n'));
  }

  function dataHashes(): ReadonlyMap<string, string> {
    const folder = join(root.dir, DATA, 'profiles');
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return new Map(
      files.map(({ parentPath, name }) => {
        const path = join(parentPath, name);
        return [path, createHash('sha256').update(readFileSync(path)).digest('hex')];
      }),
    );
  }
});

async function until(limitMs: number, reached: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await reached())) {
    if (Date.now() > deadline) throw new Error(`not reached within ${limitMs} ms: ${reached.toString()}`);
    await sleep(LOOK_EVERY_MS);
  }
}
