// A bare Debian inside a folder, with nothing of this machine but the way to its package archive. It lives in process and mount
// namespaces of its own, held by a process that ends with us: no mount and no process can stay behind.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { userCacheDir } from '../../../scripts/lib/paths.mjs';

const PROGRAMS = ['debootstrap', 'unshare', 'nsenter', 'chroot'];
const MIRROR = /^(?:deb .*?|URIs: *)(https?:\/\/\S+)/m;
/** Settings of apt that say how to reach an archive; others, such as those of a container, clean up behind it. */
const REACHES_ARCHIVE = /Acquire::/;
const RUN_PREFIX = 'clean-root-';
const READY_MS = 10_000;
export const SOMEBODY = { uid: 65_534, home: '/home/somebody' } as const;

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Root unless somebody without rights is meant. */
  readonly as?: typeof SOMEBODY;
  readonly env?: Readonly<Record<string, string>>;
}

export interface CleanRoot {
  /** The folder that is the root of the system inside. */
  readonly dir: string;
  /** Runs a program inside to its end. */
  run(command: readonly string[], options?: RunOptions): Promise<Finished>;
  /** As `run`, and throws with everything it said when it failed. */
  must(command: readonly string[], options?: RunOptions): Promise<string>;
  /** Starts a program inside; it ends with the root at the latest. */
  start(command: readonly string[], options?: RunOptions): ChildProcess;
  stop(): Promise<void>;
}

/** Why there can be no such root here; null when there can. */
export function missingForCleanRoot(): string | null {
  if (process.platform !== 'linux' || !existsSync('/etc/debian_version')) return 'only Debian can make a bare Debian';
  if (process.getuid?.() !== 0) return 'only root can make a root of its own';
  const missing = PROGRAMS.filter((program) => !has(program));
  if (missing.length > 0) return `not installed: ${missing.join(', ')}`;
  try {
    execFileSync('unshare', ['--mount', '--pid', '--fork', 'true']);
    return null;
  } catch {
    return 'this machine allows no namespaces';
  }
}

export async function createCleanRoot(): Promise<CleanRoot> {
  const base = await bareSystem();
  removeAbandoned();
  const dir = join(userCacheDir(), `${RUN_PREFIX}${process.pid}`);
  mkdirSync(dir);
  execFileSync('cp', ['-a', '--reflink=auto', `${base}/.`, dir]);
  for (const file of ['/etc/resolv.conf', '/etc/hosts']) copyFileSync(file, join(dir, file));
  const archives = join(userCacheDir(), 'apt-archives');
  mkdirSync(archives, { recursive: true });
  mkdirSync(join(dir, SOMEBODY.home), { recursive: true });
  execFileSync('chown', [String(SOMEBODY.uid), join(dir, SOMEBODY.home)]);

  const mounts = [
    'mount --rbind /dev "$1/dev"',
    'mount -t sysfs sys "$1/sys"',
    'mount -t proc proc "$1/proc"',
    'mount --bind "$2" "$1/var/cache/apt/archives"',
    'exec chroot "$1" cat',
  ].join(' && ');
  const holder = spawn(
    'unshare',
    ['--mount', '--pid', '--fork', '--kill-child', 'sh', '-c', mounts, 'sh', dir, archives],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const ended = once(holder, 'exit');
  // The holder repeats what it is told once the mounts are in place.
  holder.stdin.write('ready\n');
  await Promise.race([once(holder.stdout, 'data'), ended, sleep(READY_MS, null, { ref: false })]);
  const inside = readFileSync(`/proc/${holder.pid}/task/${holder.pid}/children`, 'utf8').trim();
  if (!/^\d+$/.test(inside)) throw new Error('the bare system did not start');

  const start = (command: readonly string[], { as, env }: RunOptions = {}, stdio: 'pipe' | 'ignore' = 'ignore') => {
    const identity = as ? ['setpriv', `--reuid=${as.uid}`, `--regid=${as.uid}`, '--clear-groups'] : [];
    const surroundings = {
      HOME: as?.home ?? '/root',
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      LANG: 'C.UTF-8',
      DEBIAN_FRONTEND: 'noninteractive',
      ...proxies(),
      ...env,
    };
    const variables = Object.entries(surroundings).map(([name, value]) => `${name}=${value}`);
    const enter = ['--target', inside, '--mount', '--pid', '--', 'chroot', dir, 'env', '-i', ...variables];
    return spawn('nsenter', [...enter, ...identity, ...command], { stdio: ['ignore', stdio, stdio] });
  };
  const run = async (command: readonly string[], options?: RunOptions): Promise<Finished> => {
    const child = start(command, options, 'pipe');
    let stdout = '';
    let stderr = '';
    child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    await once(child, 'close');
    return { code: child.exitCode, stdout, stderr };
  };
  return {
    dir,
    run,
    start: (command, options) => start(command, options),
    async must(command, options) {
      const { code, stdout, stderr } = await run(command, options);
      if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}\n${stdout}\n${stderr}`);
      return stdout;
    },
    async stop() {
      holder.stdin.end();
      await ended;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Left by a run that was killed. */
function removeAbandoned(): void {
  for (const name of readdirSync(userCacheDir()).filter((found) => found.startsWith(RUN_PREFIX))) {
    if (!existsSync(`/proc/${name.slice(RUN_PREFIX.length)}`)) {
      rmSync(join(userCacheDir(), name), { recursive: true, force: true });
    }
  }
}

/** Made once, about a minute, and kept for later runs. */
async function bareSystem(): Promise<string> {
  const codename = /^VERSION_CODENAME=(\S+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'stable';
  const base = join(userCacheDir(), `bare-${codename}`);
  if (existsSync(base)) return base;
  const sources = aptFiles('sources.list', 'sources.list.d');
  const mirror = sources
    .map((file) => MIRROR.exec(readFileSync(file, 'utf8'))?.[1])
    .find((found) => found !== undefined);
  if (mirror === undefined) throw new Error('apt has no archive here');
  const partial = `${base}.${process.pid}`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(dirname(base), { recursive: true });
  const child = spawn('debootstrap', ['--variant=minbase', '--include=ca-certificates', codename, partial, mirror], {
    stdio: 'ignore',
  });
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(`debootstrap ended with ${child.exitCode}`);
  rmSync(join(partial, 'etc/apt/sources.list'), { force: true });
  const settings = aptFiles('apt.conf.d').filter((file) => REACHES_ARCHIVE.test(readFileSync(file, 'utf8')));
  for (const file of [...sources, ...settings]) copyFileSync(file, join(partial, file));
  for (const folder of ['/usr/share/keyrings', '/usr/local/share/ca-certificates']) {
    if (existsSync(folder)) cpSync(folder, join(partial, folder), { recursive: true, dereference: true });
  }
  const certificates = '/etc/ssl/certs/ca-certificates.crt';
  if (existsSync(certificates)) copyFileSync(certificates, join(partial, certificates));
  writeFileSync(join(partial, 'etc/apt/apt.conf.d/90keep'), 'Binary::apt::APT::Keep-Downloaded-Packages "true";\n');
  execFileSync('mv', [partial, base]);
  return base;
}

/** Files of apt's settings here, by absolute path. */
function aptFiles(...names: readonly string[]): readonly string[] {
  return names
    .map((name) => join('/etc/apt', name))
    .filter((path) => existsSync(path))
    .flatMap((path) => (path.endsWith('.d') ? readdirSync(path).map((file) => join(path, file)) : [path]));
}

function proxies(): Record<string, string> {
  const names = Object.keys(process.env).filter((name) => /^(?:https?|no)_proxy$/i.test(name));
  return Object.fromEntries(names.map((name) => [name, process.env[name] ?? '']));
}

function has(program: string): boolean {
  return (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(join(folder, program)));
}
