// The guided outage over the real program: a process of its own takes the real lock of the demo market's database.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Application,
  type ApplicationPorts,
  type LockingProgram,
  NO_STARTUP,
} from '../../src/main/engine/application';
import { createApplication } from '../../src/main/engine/createApplication';
import type { DatabaseStatus } from '../../src/shared/domain/database';
import type { LongOperation } from '../../src/shared/domain/operation';
import { PORT_THREADS, until, WORKERS } from '../support/engineBench';

const OUT = resolve(import.meta.dirname, '../../out/main');

/** How long it holds the lock when nobody ends it. */
const HOLD_MS = 25_000;

let dir: string;
let application: Application | null = null;
/** Of the programs that were started to hold a lock. */
const pids: number[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'poolwatch-outage-'));
  pids.length = 0;
});
afterEach(async () => {
  await application?.stop();
  application = null;
  rmSync(dir, { recursive: true, force: true });
});

function startHolder(file: string, forMs: number): LockingProgram & { readonly child: ChildProcess } {
  const child = fork(join(OUT, 'lockHolder.js'), [file, String(forMs)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  pids.push(child.pid as number);
  const ended = once(child, 'exit').then(([code]: (number | null)[]) => code ?? null);
  return { child, ended, end: () => void child.kill() };
}

const PORTS: ApplicationPorts = {
  chooseSaveFile: () => Promise.resolve(null),
  chooseOpenPlace: () => Promise.resolve(null),
  openLink: () => Promise.resolve(),
  copyText: () => undefined,
  openFolder: () => Promise.resolve(),
  secrets: { isPersistent: () => false, get: () => Promise.resolve(null), set: () => Promise.resolve() },
  showNotice: () => Promise.resolve({ kind: 'sent' }),
  startup: NO_STARTUP,
  holdLock: startHolder,
};

async function start(mode: 'demo' | 'live', ports: ApplicationPorts = PORTS): Promise<Application> {
  application = await createApplication(
    {
      rootDir: dir,
      modeOverride: mode,
      // Nothing listens there: live data is only asked whether it may be played with.
      sourceOverride: { baseUrl: 'http://127.0.0.1:9' },
      workers: { ...WORKERS, ...PORT_THREADS, demoMarket: join(OUT, 'demoMarket.js') },
      appVersion: '0.0.0',
      runtime: {},
      testBuild: true,
    },
    ports,
  );
  return application;
}

function market(app: Application): DatabaseStatus {
  const status = app.snapshot().databases.find(({ name }) => name === 'market');
  if (!status) throw new Error('the snapshot has no market database');
  return status;
}

const outage = (app: Application): LongOperation | undefined =>
  app.snapshot().operations.find(({ kind }) => kind === 'outage');

/** Until the program that holds the lock keeps a write out. */
async function begin(app: Application): Promise<string> {
  await until('rows are stored', () => market(app).state === 'ok' && market(app).commits > 0);
  const started = await app.commands['demo.outage'](null);
  if (!started.ok) throw new Error(started.error.message);
  await until('a row waits in the spool', () => market(app).lockedSinceMs !== null && market(app).spool.batches > 0);
  return started.value.operationId;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('the guided outage', () => {
  it('holds a real lock, ends at once when it is called off, and nothing is lost', async () => {
    const app = await start('demo');
    const operationId = await begin(app);
    if (process.platform === 'linux') expect(market(app).holder).toMatchObject({ pid: pids[0], certainty: 'exact' });
    expect(market(app)).toMatchObject({ state: 'spooling', breaker: { state: 'open', reason: 'lock' } });
    expect(await app.commands['demo.outage'](null)).toMatchObject({ ok: false, error: { code: 'conflict' } });

    await app.commands['operation.cancel']({ operationId });
    await until('it has ended', () => outage(app)?.state === 'cancelled');
    expect(pids.map(isAlive)).toEqual([false]);
    await until('all is stored', () => market(app).state === 'ok' && market(app).spool.batches === 0);
    expect(market(app)).toMatchObject({ lockedSinceMs: null, spool: { lost: 0 }, breaker: { state: 'closed' } });
    expect(market(app).lastLock?.spooledBatches).toBeGreaterThan(0);
  });

  it('ends with the program, and with the demo market', async () => {
    const app = await start('demo');
    await begin(app);
    await app.commands['source.use']({ mode: 'live', keyPlan: 'none', apiKey: null });
    expect(pids.map(isAlive)).toEqual([false]);
    expect(await app.commands['demo.outage'](null)).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(pids).toHaveLength(1);
  });

  it('lets go by itself when the program that started it is gone', async () => {
    const orphans: ChildProcess[] = [];
    const app = await start('demo', {
      ...PORTS,
      holdLock(file, forMs) {
        const program = startHolder(file, forMs);
        orphans.push(program.child);
        return { ended: program.ended, end: () => undefined };
      },
    });
    await begin(app);
    // What the end of the parent does, however it came.
    orphans[0]?.disconnect();
    await until('it has ended', () => outage(app)?.endedAtMs !== null);
    expect(outage(app)).toMatchObject({ state: 'done', detail: expect.stringContaining('Lost: nothing.') });
    const { startedAtMs, endedAtMs } = outage(app) ?? { startedAtMs: 0, endedAtMs: null };
    expect((endedAtMs ?? Infinity) - startedAtMs).toBeLessThan(HOLD_MS);
  });

  it('is refused where no program can be started', async () => {
    const { holdLock: _none, ...without } = PORTS;
    const app = await start('demo', without);
    expect(await app.commands['demo.outage'](null)).toMatchObject({ ok: false, error: { code: 'unavailable' } });
  });
});
