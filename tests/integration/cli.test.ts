// The command line as people and programs use it: the built file in a process of its own.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMarketServer } from '../../src/main/demo/httpServer';
import { COLLECTOR_IDS } from '../../src/shared/domain/collector';
import { type CliResult, runCli, startCli } from '../support/cliProcess';
import { collectorsEvery, QUICK_SETTINGS, until } from '../support/engineBench';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'poolwatch-cli-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

interface Finished {
  readonly code: number | null;
  readonly lines: readonly string[];
  readonly errors: readonly string[];
}

async function cli(...args: readonly string[]): Promise<Finished> {
  return linesOf(await runCli(...args));
}

function linesOf({ code, stdout, stderr }: CliResult): Finished {
  return { code, lines: stdout.split('\n').filter(Boolean), errors: stderr.split('\n').filter(Boolean) };
}

/** The collectors of the whole lines that were printed so far. */
function collectorsIn(printed: string): ReadonlySet<string> {
  return new Set([...printed.matchAll(/"collectorId":"(\w+)"/g)].flatMap(([, id]) => (id ? [id] : [])));
}

describe('poolwatch run', () => {
  it('prints one JSON line per slot and a summary whose rows equal the server’s ledger', async () => {
    const market = await createMarketServer({
      seed: 3,
      port: 0,
      control: true,
      rateLimit: { capacity: 10_000, refillMs: 1 },
    });
    const settings = { ...QUICK_SETTINGS, collectors: collectorsEvery(3_600_000) };
    writeFileSync(join(dir, 'settings.json'), JSON.stringify(settings));
    try {
      const args = ['--for', '10m', '--format', 'json', '--base-url', market.baseUrl, '--data-dir', dir];
      const running = startCli('run', ...args);
      await until('every collector to have run', () => collectorsIn(running.printed()).size === COLLECTOR_IDS.length);
      running.kill('SIGINT');
      const run = linesOf(await running.finished);
      expect(run.errors).toEqual([]);
      expect(run.code).toBe(0);
      const parsed = run.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      const summary = parsed.at(-1) as {
        type: string;
        runs: number;
        outcomes: Record<string, number>;
        calls: number;
        databases: { name: string; rows: Record<string, number> }[];
      };
      expect(summary.type).toBe('summary');
      expect(parsed.slice(0, -1).every(({ type }) => type === 'slot')).toBe(true);
      expect(summary.outcomes['failed']).toBe(0);
      const { counts, calls } = market.ledger();
      expect(summary.databases.find(({ name }) => name === 'market')?.rows).toMatchObject(counts);
      expect(summary.calls).toBe(calls);
    } finally {
      await market.stop();
    }
  });

  it('says in plain words that the address answers with a web page, and fails', async () => {
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<html><body>hello</body></html>');
    }).listen(0, '127.0.0.1');
    await new Promise((listening) => server.once('listening', listening));
    const { port } = server.address() as AddressInfo;
    // What waits for its turn at the usual pace would keep the end waiting, too.
    writeFileSync(join(dir, 'settings.json'), JSON.stringify(QUICK_SETTINGS));
    try {
      const run = await cli('run', '--for', '2s', '--base-url', `http://127.0.0.1:${port}`, '--data-dir', dir);
      expect(run.code).toBe(1);
      expect(run.lines.join('\n')).toMatch(/failed.*web page/);
    } finally {
      server.close();
    }
  });

  it.each([
    ['an unknown flag', ['run', '--data-dir', 'x', '--colour']],
    ['a span of time that is none', ['run', '--data-dir', 'x', '--for', 'soon']],
    ['an address that is none', ['run', '--data-dir', 'x', '--base-url', 'market']],
    ['a missing data folder', ['run']],
    ['an unknown command', ['dance']],
  ])('answers %s with one line and exit code 2', async (_, args) => {
    const run = await cli(...args);
    expect(run.code).toBe(2);
    expect(run.errors).toHaveLength(1);
    expect(run.errors[0]).toMatch(/^poolwatch: /);
    expect(run.lines).toEqual([]);
  });

  it('answers a data folder that cannot be written with one line and exit code 1', async () => {
    writeFileSync(join(dir, 'file'), '');
    const run = await cli('run', '--demo', '--for', '1s', '--data-dir', join(dir, 'file', 'inside'));
    expect(run.code).toBe(1);
    expect(run.errors).toEqual([expect.stringContaining('The data folder cannot be written')]);
  });

  it('keeps an empty settings file aside, says so, and collects with the defaults', async () => {
    writeFileSync(join(dir, 'settings.json'), '');
    const run = await cli('run', '--demo', '--for', '4s', '--data-dir', dir);
    expect(run.errors).toEqual([expect.stringContaining('it is empty'), expect.stringMatching(/runs? in \d+ slots?/)]);
    expect(run.code).toBe(0);
    expect(readdirSync(dir)).toContain('settings.json.broken-1');
  });
});
