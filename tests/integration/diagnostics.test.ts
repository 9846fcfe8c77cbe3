// A diagnosis against real things: a store in a real folder, and a source that answers, hangs, lies about the time, or is away.
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runDiagnostics } from '../../src/main/diagnostics/runDiagnostics';
import type { DiagnosticSubject } from '../../src/main/diagnostics/step';
import { systemClock } from '../../src/main/engine/systemClock';
import { openStore } from '../../src/main/storage/openStore';
import type { Store } from '../../src/main/storage/store';
import { DIAGNOSTIC_STEPS, type DiagnosticReport, type DiagnosticStepId } from '../../src/shared/domain/diagnostics';
import { packRows } from '../../src/shared/contract/tables';
import { takeForeignLock } from '../support/foreignLock';
import { until, WORKERS } from '../support/engineBench';

const NETWORK = { networkId: 'eth', name: 'Ethereum', coingeckoPlatformId: null, observedAtMs: 1 };

const folder = mkdtempSync(join(tmpdir(), 'poolwatch-diagnosis-'));
let market: Store;
let monitor: Store;
let server: Server | null = null;

beforeAll(async () => {
  const open = (name: 'market' | 'monitor'): Promise<Store> =>
    openStore({
      name,
      file: join(folder, `${name}.db`),
      spoolDir: join(folder, 'spool'),
      workers: WORKERS,
      clock: systemClock,
    });
  [market, monitor] = [await open('market'), await open('monitor')];
});
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});
afterAll(async () => {
  await Promise.all([market.close(), monitor.close()]);
  rmSync(folder, { recursive: true, force: true });
});

async function listen(answer: RequestListener): Promise<string> {
  const started = createServer(answer);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const address = started.address();
  return typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '';
}

async function diagnose(baseUrl: string, asked: readonly DiagnosticStepId[] = DIAGNOSTIC_STEPS) {
  const subject: DiagnosticSubject = {
    appVersion: '1.2.3',
    testBuild: false,
    runtime: { node: process.versions.node },
    rootDir: folder,
    profileDir: folder,
    market,
    monitor,
    baseUrl,
    userAgent: 'Poolwatch/test',
    isKeyed: false,
    secretsPersist: false,
    desktop: () => Promise.resolve({ tray: true, notifications: false, startsAtLogin: null }),
    environment: { https_proxy: 'http://ann:secret@proxy' },
    wallMs: systemClock.wallMs,
    monotonicMs: systemClock.monotonicMs,
    hosts: () => [],
  };
  const seen: DiagnosticReport[] = [];
  const work = { signal: new AbortController().signal, onProgress: () => undefined };
  const report = await runDiagnostics(subject, asked, work, (partial) => seen.push(partial));
  return { report, seen, of: (id: DiagnosticStepId) => report.results.find(({ step }) => step === id) };
}

describe('a diagnosis', () => {
  it('goes through every step in order, tells of each as it ends, and says no secret of the proxy', async () => {
    const { report, seen, of } = await diagnose(await listen((_, response) => response.end('{"data":[]}')));
    expect(report.results.map(({ step }) => step)).toEqual([...DIAGNOSTIC_STEPS]);
    expect(seen.map(({ results }) => results.length)).toEqual([
      ...Array(DIAGNOSTIC_STEPS.length + 1).keys(),
      DIAGNOSTIC_STEPS.length,
    ]);
    const good = report.results.filter(({ verdict }) => verdict === 'ok').map(({ step }) => step);
    const expected = ['runtime', 'data_folder', 'market_database', 'monitor_database', 'tcp', 'http', 'clock'];
    expect(good).toEqual(expect.arrayContaining(expected));
    expect(of('market_database')?.facts).toMatchObject({ state: 'ok', checked: 'whole' });
    expect(of('proxy')).toMatchObject({ verdict: 'notice' });
    expect(of('addon')).toMatchObject({ verdict: 'ok', finding: expect.stringMatching(/SQLite 3\.\d+/) });
    expect(of('crashes')).toMatchObject({ verdict: 'ok', facts: { dumps: 0 } });
    expect([of('tray'), of('notifications'), of('autostart')].map((result) => result?.verdict)).toEqual([
      'ok',
      'notice',
      'skipped',
    ]);
    expect(JSON.stringify(report)).not.toContain('secret');
  });

  it('says that the source is away, and skips what builds on it', async () => {
    const closed = createTcpServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const address = closed.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await new Promise((resolve) => closed.close(resolve));
    const { of } = await diagnose(`http://127.0.0.1:${port}`, ['tcp', 'http', 'clock']);
    expect(of('tcp')).toMatchObject({ verdict: 'problem', finding: expect.stringContaining('ECONNREFUSED') });
    expect(of('http')?.verdict).toBe('skipped');
    expect(of('clock')?.verdict).toBe('skipped');
  });

  it('gives up on a source that never answers, and still ends', async () => {
    const { report, of } = await diagnose(await listen(() => undefined), ['http', 'quota']);
    expect(of('http')?.verdict).toBe('timeout');
    expect(report.results.map(({ step }) => step)).toEqual(['http', 'quota']);
  });

  it('says when the clock of this machine is wrong', async () => {
    const url = await listen((_, response) => {
      response.setHeader('date', new Date(Date.now() - 600_000).toUTCString());
      response.end('{}');
    });
    const { of } = await diagnose(url, ['clock']);
    expect(of('clock')).toMatchObject({ verdict: 'problem', finding: expect.stringContaining('ahead of') });
  });

  it('names the program that holds the lock of a database, and calls it no damage', async () => {
    const lock = await takeForeignLock(join(folder, 'market.db'), 'write');
    try {
      // The store learns of it by a write of its own, which goes to the spool.
      await market.write({ id: 'waits', parts: [packRows('networks', [NETWORK])] });
      await until('the lock is seen', () => market.status().holder !== null);
      const { of } = await diagnose('http://127.0.0.1:9', ['market_database', 'spool']);
      expect(of('market_database')).toMatchObject({
        verdict: 'notice',
        finding: expect.stringContaining(`process ${lock.pid}`),
      });
      expect(of('spool')).toMatchObject({ verdict: 'notice', facts: { batches: 1, lost: 0 } });
    } finally {
      await lock.release();
      await lock.kill();
    }
    await until('the row is stored', () => market.status().spool.batches === 0);
  });
});
