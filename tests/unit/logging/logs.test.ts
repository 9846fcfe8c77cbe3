// The log on real files: what is written, with which run; and how it is read again, over rotations, streams and torn lines.
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inLogContext } from '../../../src/main/logging/logContext';
import { openLogger } from '../../../src/main/logging/logger';
import { readLogPage, readRawLine } from '../../../src/main/logging/readLog';
import type { LogFilter, LogLevel, LogPage } from '../../../src/shared/domain/log';

const EVERYTHING: LogFilter = { level: 'debug', text: null, collectorId: null, runId: null };
const START_MS = Date.UTC(2026, 10, 28, 12);

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'poolwatch-log-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** A line as the logger writes it; `n` is its second. */
function line(n: number, fields: object = {}, level: LogLevel = 'info'): string {
  return `${JSON.stringify({ level, time: new Date(START_MS + n * 1_000).toISOString(), ...fields, msg: `line ${n}` })}\n`;
}

function write(name: string, text: string): void {
  mkdirSync(join(dir, name, '..'), { recursive: true });
  writeFileSync(join(dir, name), text);
}

function newest(limit: number, filter: Partial<LogFilter> = {}, budget?: number): Promise<LogPage> {
  return readLogPage(dir, { filter: { ...EVERYTHING, ...filter }, from: null, direction: 'older', limit }, budget);
}

function next(from: string, direction: 'older' | 'newer', limit = 100, budget?: number): Promise<LogPage> {
  return readLogPage(dir, { filter: EVERYTHING, from, direction, limit }, budget);
}

const words = ({ lines }: LogPage): readonly string[] => lines.map(({ message }) => message);
const numbers = (page: LogPage): readonly number[] => words(page).map((text) => Number(text.split(' ')[1]));
const range = (from: number, to: number): readonly number[] => Array.from({ length: to - from }, (_, n) => from + n);

describe('the log that is written', () => {
  it('names the run in every line that is written inside it, across waits, and in no other', async () => {
    const logger = await openLogger(dir);
    const child = logger.child({ mode: 'demo' });
    const goingOn: Promise<void>[] = [];
    await Promise.all(
      ['a', 'b'].map((runId) =>
        inLogContext({ runId, collectorId: 'trades' }, async () => {
          child.debug({}, 'began');
          await new Promise(setImmediate);
          child.warn({ rows: 3 }, 'ended');
          goingOn.push(
            new Promise((resolve) => setTimeout(resolve, 20)).then(() => child.info({}, 'goes on without it')),
          );
        }),
      ),
    );
    logger.info({}, 'beside');
    await Promise.all(goingOn);
    const { lines } = await newest(10);
    expect(lines.map(({ runId, collectorId, level, message }) => [runId, collectorId, level, message])).toEqual([
      ['a', 'trades', 'debug', 'began'],
      ['b', 'trades', 'debug', 'began'],
      ['a', 'trades', 'warn', 'ended'],
      ['b', 'trades', 'warn', 'ended'],
      [null, null, 'info', 'beside'],
      [null, null, 'info', 'goes on without it'],
      [null, null, 'info', 'goes on without it'],
    ]);
    expect(JSON.parse(lines[2]!.details)).toEqual({ mode: 'demo', rows: 3 });
  });

  it('keeps no key, and ends half a line of a process that was killed before it goes on', async () => {
    write('poolwatch.7.log', `${line(1)}{"level":"info","time":"2026-11-2`);
    const logger = await openLogger(dir);
    logger.error({ apiKey: 'CG-planted', request: { headers: { 'x-cg-pro-api-key': 'CG-planted' } } }, 'refused');
    expect(readFileSync(join(dir, 'poolwatch.7.log'), 'utf8')).not.toContain('CG-planted');
    expect(words(await newest(10))).toEqual(['line 1', 'refused']);
  });

  it.runIf(process.platform === 'linux')(
    'stands in nobody’s way when the disk is full (where there is /dev/full)',
    async () => {
      symlinkSync('/dev/full', join(dir, 'poolwatch.1.log'));
      const logger = await openLogger(dir);
      for (let n = 0; n < 20; n += 1) logger.error({ filling: 'x'.repeat(1_024 * 1_024) }, 'not taken');
      await new Promise(setImmediate);
    },
  );

  it('is capped: it takes new files and removes old ones', async () => {
    for (const number of range(1, 21)) write(`poolwatch.${number}.log`, line(number));
    const logger = await openLogger(dir);
    const filling = 'x'.repeat(1_024 * 1_024);
    for (let megabytes = 0; megabytes < 11; megabytes += 1) {
      logger.info({ filling }, 'much');
      // The files of before are removed beside the writing.
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await expect.poll(() => readdirSync(dir).length).toBeLessThanOrEqual(9);
    const bytes = readdirSync(dir).reduce((sum, name) => sum + statSync(join(dir, name)).size, 0);
    expect(bytes).toBeLessThan(50 * 1_024 * 1_024);
    expect(words(await newest(1))).toEqual(['much']);
  });
});

describe('the log that is read', () => {
  it('is told page by page from the newest back, over files that were rotated', async () => {
    write(
      'poolwatch.9.log',
      range(0, 40)
        .map((n) => line(n))
        .join(''),
    );
    write(
      'poolwatch.10.log',
      range(40, 45)
        .map((n) => line(n))
        .join(''),
    );
    const first = await newest(10);
    expect(numbers(first)).toEqual(range(35, 45));
    const second = await next(first.older!, 'older', 30);
    expect(numbers(second)).toEqual(range(5, 35));
    const third = await next(second.older!, 'older', 30);
    expect(numbers(third)).toEqual(range(0, 5));
    expect(third.older).toBeNull();
  });

  it('goes on with what is written later, also into a new file and a new stream, and waits for the end of half a line', async () => {
    write('poolwatch.1.log', line(0));
    const { newer } = await newest(10);
    appendFileSync(join(dir, 'poolwatch.1.log'), line(1) + line(2).slice(0, 20));
    const page = await next(newer, 'newer');
    expect(numbers(page)).toEqual([1]);
    appendFileSync(join(dir, 'poolwatch.1.log'), line(2).slice(20));
    write('poolwatch.2.log', line(4));
    write('run-demo/poolwatch.1.log', line(3));
    const rest = await next(page.newer, 'newer');
    expect(numbers(rest)).toEqual([2, 3, 4]);
    expect((await next(rest.newer, 'newer')).lines).toEqual([]);
    expect((await next(rest.newer, 'newer')).newer).toBe(rest.newer);
  });

  it('merges what several processes wrote in the order of time, and tells each line once', async () => {
    const of = (rest: number): string =>
      range(0, 200)
        .filter((n) => n % 3 === rest)
        .map((n) => line(n))
        .join('');
    write('poolwatch.1.log', of(0));
    write('run-demo/poolwatch.1.log', of(1));
    write('run-live/poolwatch.4.log', of(2));
    const seen: number[] = [];
    for (let page = await newest(17); ; page = await next(page.older, 'older', 17)) {
      seen.unshift(...numbers(page));
      if (page.older === null) break;
    }
    expect(seen).toEqual(range(0, 200));
  });

  it('filters by level, text, collector and run', async () => {
    const about = { runId: 'run-1', collectorId: 'trades' };
    write(
      'poolwatch.1.log',
      line(0, about, 'debug') +
        line(1, { ...about, error: 'Read "TIMED out"' }, 'warn') +
        line(2, { collectorId: 'ohlcv', runId: 'run-2' }, 'error') +
        line(3, { note: 'about run-1 and trades' }),
    );
    expect(numbers(await newest(10, { level: 'warn' }))).toEqual([1, 2]);
    expect(numbers(await newest(10, { text: '"timed OUT"' }))).toEqual([1]);
    expect(numbers(await newest(10, { collectorId: 'trades' }))).toEqual([0, 1]);
    expect(numbers(await newest(10, { runId: 'run-2' }))).toEqual([2]);
    expect(numbers(await newest(10, { runId: 'run-1', level: 'warn' }))).toEqual([1]);
  });

  it('reads so much and no more for one answer, and goes on from there', async () => {
    const many = range(0, 20_000);
    write('poolwatch.1.log', many.map((n) => line(n, n === 3 ? { text: 'needle' } : {})).join(''));
    const filter = { ...EVERYTHING, text: 'needle' };
    let page = await newest(10, filter, 64 * 1_024);
    expect(page.lines).toEqual([]);
    let answers = 1;
    while (page.older !== null && page.lines.length === 0) {
      page = await readLogPage(dir, { filter, from: page.older, direction: 'older', limit: 10 }, 64 * 1_024);
      answers += 1;
    }
    expect(numbers(page)).toEqual([3]);
    expect(answers).toBeGreaterThan(10);
  });

  it('passes over what is no line of the log, of whatever length, and loses none beside it', async () => {
    const long = line(1, { filling: 'ü'.repeat(100_000) });
    write('poolwatch.1.log', `${line(0)}\n\n{}\n[1]\nnonsense\n${long}${'y'.repeat(3_000_000)}\n${line(2)}`);
    const back = await newest(10);
    expect(numbers(back)).toEqual([0, 1, 2]);
    const start = back.lines[0]!.id;
    expect(numbers(await next(start, 'newer'))).toEqual([0, 1, 2]);
    expect(back.lines[1]!.details.length).toBeLessThan(5_000);
  });

  it('hands out one line as it stands in its file, and says when it is no longer kept', async () => {
    write('poolwatch.3.log', line(0) + line(1, { x: 1 }));
    const id = (await newest(1)).lines[0]!.id;
    expect(await readRawLine(dir, id)).toBe(line(1, { x: 1 }).trimEnd());
    rmSync(join(dir, 'poolwatch.3.log'));
    write('poolwatch.4.log', line(5));
    expect(await readRawLine(dir, id)).toBeNull();
    expect(await readRawLine(dir, '../../etc@1:0')).toBeNull();
  });

  it('is empty where nothing was written', async () => {
    expect(
      await readLogPage(join(dir, 'nowhere'), { filter: EVERYTHING, from: null, direction: 'older', limit: 5 }),
    ).toEqual({ lines: [], older: null, newer: '' });
  });
});
