// The local socket against callers of every kind: real sockets, real files, time moved by hand.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Application } from '../../../../src/main/engine/application';
import { readSocketRecord } from '../../../../src/main/engine/socket/address';
import { HALF_LINE_MS, IDLE_MS, MAX_CALLS_AT_ONCE } from '../../../../src/main/engine/socket/connection';
import {
  MAX_CONNECTIONS,
  openControlSocket,
  type ControlSocket,
} from '../../../../src/main/engine/socket/controlSocket';
import { fail, ok, type Result } from '../../../../src/shared/contract/envelope';
import type { AppSnapshot, SnapshotPatch } from '../../../../src/shared/contract/snapshot';
import { FakeClock, settle } from '../../../support/fakeClock';
import { callSocket, type SocketCaller } from '../../../support/socketCaller';

let dir: string;
let stateDir: string;
let runtimeDir: string;
let clock: FakeClock;
let open: ControlSocket[];
let callers: SocketCaller[];
const runtimeBefore = process.env['XDG_RUNTIME_DIR'];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'poolwatch-socket-'));
  stateDir = join(dir, 'state');
  runtimeDir = join(dir, 'run');
  mkdirSync(runtimeDir, { mode: 0o700 });
  process.env['XDG_RUNTIME_DIR'] = runtimeDir;
  clock = new FakeClock();
  open = [];
  callers = [];
});
afterEach(async () => {
  for (const caller of callers) caller.hangUp();
  for (const socket of open) await socket.close();
  if (runtimeBefore === undefined) delete process.env['XDG_RUNTIME_DIR'];
  else process.env['XDG_RUNTIME_DIR'] = runtimeBefore;
  rmSync(dir, { recursive: true, force: true });
});

const SNAPSHOT = { version: 7, verdict: { sentence: 'All is well.' } } as unknown as AppSnapshot;

/** What answers behind the socket; `resume` waits until the test lets it go. */
function world() {
  const asked: unknown[] = [];
  const listeners = new Set<(patch: SnapshotPatch) => void>();
  const held: ((result: Result<null>) => void)[] = [];
  const application = {
    queries: { 'snapshot.get': async () => ok(SNAPSHOT) },
    commands: {
      'collector.pause': async (args: unknown) => {
        asked.push(args);
        return ok(null);
      },
      'collector.runNow': async () => fail('conflict', 'It is running already.'),
      'collector.resume': () => new Promise<Result<null>>((resolve) => held.push(resolve)),
      'link.open': async () => ok(null),
    },
    snapshot: () => SNAPSHOT,
    follow(listener: (patch: SnapshotPatch) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  } as unknown as Application;
  return { application, asked, listeners, held };
}

async function listen(application = world().application, where = stateDir): Promise<ControlSocket> {
  const log = { warn: () => undefined, error: () => undefined };
  const socket = await openControlSocket({ stateDir: where, clock, log, application });
  open.push(socket);
  return socket;
}

async function caller(path: string): Promise<SocketCaller> {
  const made = await callSocket(path);
  callers.push(made);
  return made;
}

const line = (message: unknown): string => `${JSON.stringify(message)}\n`;
const ask = (id: number, name: string, args: unknown, kind = 'command'): string => line({ id, kind, name, args });
const PAUSE = { collectorId: 'dexes', untilMs: null };

describe('a caller on the local socket', () => {
  it('gets the same answers as the window, by the id of its request', async () => {
    const { application, asked } = world();
    const { path } = await listen(application);
    const { send, next } = await caller(path);
    send(ask(1, 'collector.pause', PAUSE) + ask(2, 'snapshot.get', null, 'query'));
    expect(await next()).toEqual({ id: 1, result: ok(null) });
    expect(await next()).toEqual({ id: 2, result: ok(SNAPSHOT) });
    send(ask(3, 'collector.runNow', { collectorId: 'ohlcv' }));
    expect(await next()).toEqual({ id: 3, result: fail('conflict', 'It is running already.') });
    expect(asked).toEqual([PAUSE]);
  });

  it.each([
    ['an unknown name', 'collector.delete', null, 'bad_request'],
    ['a name from the prototype', 'constructor', null, 'bad_request'],
    ['a query asked as a command', 'snapshot.get', null, 'bad_request'],
    ['a collector that does not exist', 'collector.pause', { collectorId: 'x', untilMs: null }, 'bad_request'],
    ['an argument too many', 'collector.pause', { ...PAUSE, force: true }, 'bad_request'],
    ['what needs the window', 'link.open', { link: 'data_folder' }, 'forbidden'],
    ['the key', 'source.use', { mode: 'live', keyPlan: 'pro', apiKey: 'a-key-of-mine' }, 'forbidden'],
    ['too much', 'collector.pause', { ...PAUSE, collectorId: 'x'.repeat(65_500) }, 'too_large'],
  ])('is refused %s, and may go on', async (_what, name, args, code) => {
    const { application, asked } = world();
    const { path } = await listen(application);
    const { send, next } = await caller(path);
    send(ask(1, name, args));
    expect(await next()).toMatchObject({ id: 1, result: { ok: false, error: { code } } });
    send(ask(2, 'collector.pause', PAUSE));
    expect(await next()).toEqual({ id: 2, result: ok(null) });
    expect(asked).toEqual([PAUSE]);
  });

  it.each<[string, string | Buffer, string]>([
    ['talks no JSON', 'GET / HTTP/1.1\r\n\r\n', 'bad_request'],
    ['sends bytes of any kind', Buffer.from([0, 255, 254, 10]), 'bad_request'],
    ['sends an empty line', '\n', 'bad_request'],
    [
      'asks with more fields than there are',
      line({ id: 1, kind: 'query', name: 'snapshot.get', args: null, x: 1 }),
      'bad_request',
    ],
    ['gives no id', line({ kind: 'query', name: 'snapshot.get', args: null }), 'bad_request'],
    ['sends 100 kB without end', 'x'.repeat(100_000), 'too_large'],
    ['nests without end', `${'['.repeat(60_000)}\n`, 'bad_request'],
  ])('that %s is told so and hung up on, while others are served', async (_who, sent, code) => {
    const { path } = await listen();
    const polite = await caller(path);
    const hostile = await caller(path);
    hostile.send(sent);
    expect(await hostile.next()).toMatchObject({ id: null, result: { ok: false, error: { code } } });
    await hostile.closed;
    polite.send(ask(1, 'snapshot.get', null, 'query'));
    expect(await polite.next()).toMatchObject({ id: 1, result: { ok: true } });
  });

  it('that lets a line trickle in is hung up on when the time for a line is over', async () => {
    const { path } = await listen();
    const slow = await caller(path);
    let hungUp = false;
    void slow.closed.then(() => (hungUp = true));
    for (let ms = 0; ms < HALF_LINE_MS * 3 && !hungUp; ms += 1_000) {
      slow.send('{');
      await settle();
      await clock.advance(1_000);
    }
    expect(hungUp).toBe(true);
  });

  it('that says nothing is hung up on after a while; one that waits for an answer or watches is not', async () => {
    const { application, held } = world();
    const { path } = await listen(application);
    const [silent, waiting, watching] = [await caller(path), await caller(path), await caller(path)];
    waiting.send(ask(1, 'collector.resume', { collectorId: 'dexes' }));
    watching.send(line({ id: 1, kind: 'watch' }));
    await watching.next();
    while (held.length === 0) await settle();
    await clock.advance(IDLE_MS);
    await silent.closed;
    held[0]?.(ok(null));
    expect(await waiting.next()).toMatchObject({ id: 1 });
    watching.send(ask(2, 'snapshot.get', null, 'query'));
    expect(await watching.next()).toMatchObject({ id: 2 });
  });

  it('cannot have more answers under way than allowed', async () => {
    const { application, held } = world();
    const { path } = await listen(application);
    const greedy = await caller(path);
    for (let id = 0; id <= MAX_CALLS_AT_ONCE; id += 1)
      greedy.send(ask(id, 'collector.resume', { collectorId: 'dexes' }));
    expect(await greedy.next()).toMatchObject({
      id: MAX_CALLS_AT_ONCE,
      result: { ok: false, error: { code: 'unavailable' } },
    });
    expect(held).toHaveLength(MAX_CALLS_AT_ONCE);
  });

  it('is turned away while too many are connected, and welcome when one has gone', async () => {
    const { path } = await listen();
    const first = await caller(path);
    for (let more = 1; more < MAX_CONNECTIONS; more += 1) await caller(path);
    const late = await caller(path);
    expect(await late.next()).toMatchObject({ id: null, result: { error: { code: 'unavailable' } } });
    await late.closed;
    first.hangUp();
    await first.closed;
    const welcome = await caller(path);
    welcome.send(ask(1, 'snapshot.get', null, 'query'));
    expect(await welcome.next()).toMatchObject({ id: 1 });
  });

  it('that watches hears the state, then every change, and is forgotten when it leaves', async () => {
    const { application, listeners } = world();
    const { path } = await listen(application);
    const watcher = await caller(path);
    watcher.send(line({ id: 4, kind: 'watch' }));
    expect(await watcher.next()).toEqual({ id: 4, snapshot: SNAPSHOT });
    const patch = { from: 7, to: 8, atMs: 1, slices: {} };
    for (const listener of listeners) listener(patch);
    expect(await watcher.next()).toEqual({ id: 4, patch });
    watcher.hangUp();
    while (listeners.size > 0) await settle();
  });

  it('that leaves in the middle of a call troubles nobody', async () => {
    const { application, held } = world();
    const { path } = await listen(application);
    const leaving = await caller(path);
    leaving.send(ask(1, 'collector.resume', { collectorId: 'dexes' }));
    while (held.length === 0) await settle();
    leaving.hangUp();
    await leaving.closed;
    held[0]?.(ok(null));
    const other = await caller(path);
    other.send(ask(1, 'snapshot.get', null, 'query'));
    expect(await other.next()).toMatchObject({ id: 1 });
  });

  it('that is cut off in the middle of a call leaves no timer that would keep the process alive', async () => {
    const { application, held } = world();
    const socket = await listen(application);
    const [asking, dawdling] = [await caller(socket.path), await caller(socket.path)];
    asking.send(ask(1, 'collector.resume', { collectorId: 'dexes' }));
    dawdling.send(`${ask(1, 'collector.resume', { collectorId: 'dexes' })}{`);
    while (held.length < 2) await settle();
    await socket.close();
    await Promise.all([asking.closed, dawdling.closed]);
    for (const answer of held) answer(ok(null));
    await settle();
    expect(clock.pendingTimers).toBe(0);
  });
});

const isPosix = process.platform !== 'win32';
const canBeAnother =
  isPosix && process.getuid?.() === 0 && spawnSync('setpriv', ['--version'], { stdio: 'ignore' }).status === 0;

describe.skipIf(!isPosix)('the place of the local socket (skipped on Windows: pipes have no file)', () => {
  it('is private to its user, also in a folder that was open before', async () => {
    mkdirSync(stateDir, { mode: 0o755 });
    const { path } = await listen();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    expect(readSocketRecord(stateDir)).toEqual({ protocol: 1, pid: process.pid, path });
  });

  it('is gone with its record once it is closed', async () => {
    const socket = await listen();
    await socket.close();
    await socket.close();
    expect(existsSync(socket.path)).toBe(false);
    expect(readSocketRecord(stateDir)).toBeNull();
  });

  it('is taken over from a process that died', async () => {
    mkdirSync(stateDir, { mode: 0o700 });
    const path = join(stateDir, 'poolwatch.sock');
    const script = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => console.log('up'))`;
    const dead = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((up) => dead.stdout.once('data', up));
    dead.kill('SIGKILL');
    await new Promise((gone) => dead.once('exit', gone));
    expect(existsSync(path)).toBe(true);
    await listen();
    const { send, next } = await caller(path);
    send(ask(1, 'snapshot.get', null, 'query'));
    expect(await next()).toMatchObject({ id: 1 });
  });

  it('is elsewhere, on record, when a file of somebody is in the way; the file stays', async () => {
    mkdirSync(stateDir, { mode: 0o700 });
    writeFileSync(join(stateDir, 'poolwatch.sock'), 'a letter');
    const { path } = await listen();
    expect(dirname(dirname(path))).toBe(runtimeDir);
    expect(readSocketRecord(stateDir)?.path).toBe(path);
    expect(readFileSync(join(stateDir, 'poolwatch.sock'), 'utf8')).toBe('a letter');
  });

  it('is a short one, on record, when the data folder lies too deep for a socket', async () => {
    const deep = join(dir, 'd'.repeat(60), 'e'.repeat(60), 'state');
    const { path } = await listen(undefined, deep);
    expect(dirname(dirname(path))).toBe(runtimeDir);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    expect(readSocketRecord(deep)?.path).toBe(path);
    (await caller(path)).hangUp();
  });

  it('is nowhere, with a reason, rather than in a folder that is a link to another place', async () => {
    const deep = join(dir, 'd'.repeat(60), 'e'.repeat(60), 'state');
    const trap = join(runtimeDir, `poolwatch-${process.getuid?.()}`);
    spawnSync('ln', ['-s', dir, trap]);
    await expect(listen(undefined, deep)).rejects.toThrow('no folder can be kept from other users');
  });

  it.skipIf(!canBeAnother)(
    'cannot be reached by another user (skipped unless root can become one with setpriv)',
    async () => {
      const { path } = await listen();
      chmodSync(dir, 0o755);
      const script = `const s=require('node:net').connect(${JSON.stringify(path)});
      s.on('connect',()=>{console.log('connected');s.destroy()});s.on('error',(e)=>console.log(e.code));`;
      const asNobody = (): Promise<string> =>
        new Promise((resolve, reject) => {
          const child = spawn('setpriv', [
            '--reuid=65534',
            '--regid=65534',
            '--clear-groups',
            process.execPath,
            '-e',
            script,
          ]);
          let said = '';
          child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
          child.on('error', reject);
          child.on('close', () => resolve(said.trim()));
        });
      expect(await asNobody()).toBe('EACCES');
      // The folder and the socket each keep others out alone.
      chmodSync(stateDir, 0o755);
      expect(await asNobody()).toBe('EACCES');
      // And nothing else does: this attempt would have come through.
      chmodSync(path, 0o666);
      expect(await asNobody()).toBe('connected');
    },
  );
});
