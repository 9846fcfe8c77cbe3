// The log on the command line, as people and programs read it: the built file in a process of its own, over files as the program
// leaves them.
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli, startCli } from '../support/cliProcess';
import { until } from '../support/engineBench';

const line = (second: number, level: string, msg: string, more: object = {}): string =>
  `${JSON.stringify({ level, time: new Date(Date.UTC(2026, 10, 28, 12, 0, second)).toISOString(), ...more, msg })}\n`;

let dir: string;
let file: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'poolwatch-cli-logs-'));
  mkdirSync(join(dir, 'logs', 'run-demo'), { recursive: true });
  file = join(dir, 'logs', 'poolwatch.2.log');
  const run = { runId: 'run-1', collectorId: 'trades' };
  writeFileSync(
    join(dir, 'logs', 'poolwatch.1.log'),
    line(0, 'debug', 'run began', run) + line(2, 'info', 'run ended', run),
  );
  writeFileSync(
    join(dir, 'logs', 'run-demo', 'poolwatch.1.log'),
    line(1, 'warn', 'of \u001b[31manother', { why: '=1+1' }),
  );
  writeFileSync(file, `${line(3, 'error', 'the writer thread died')}{"level":"in`);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const logs = (...args: readonly string[]) => runCli('logs', '--data-dir', dir, ...args);

describe('poolwatch logs', () => {
  it('prints what was written, newest last, over all files, and nothing that would steer a terminal', async () => {
    const { code, stdout, stderr } = await logs();
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.split('\n')).toEqual([
      '2026-11-28T12:00:01Z warn  of  [31manother {"why":"=1+1"}',
      '2026-11-28T12:00:02Z info  trades run-1: run ended',
      '2026-11-28T12:00:03Z error the writer thread died',
      '',
    ]);
  });

  it('shows everything of a run, as one object per line for programs', async () => {
    const { stdout } = await logs('--run', 'run-1', '--format', 'json');
    const lines = stdout
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as { readonly message: string });
    expect(lines.map(({ message }) => message)).toEqual(['run began', 'run ended']);
  });

  it('goes on with what is written, also the rest of half a line, until Ctrl-C', async () => {
    const running = startCli('logs', '--data-dir', dir, '--follow', '--limit', '1', '--format', 'csv');
    await until('the newest line', () => running.printed().includes('thread died'));
    appendFileSync(file, `${line(4, 'info', 'another one').slice('{"level":"in'.length)}`);
    await until('the line that follows', () => running.printed().includes('another one'));
    running.kill('SIGINT');
    const { code, stdout } = await running.finished;
    expect(code).toBe(0);
    expect(stdout.split('\n').filter(Boolean)).toHaveLength(3);
  });

  it('refuses a level that there is not', async () => {
    expect((await logs('--level', 'loud')).code).toBe(2);
  });
});
