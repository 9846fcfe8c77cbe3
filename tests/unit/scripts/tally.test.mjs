// What "N passed, N failed, N skipped" is made of.
import { describe, expect, it } from 'vitest';
import {
  emptyTally,
  lastLine,
  sumTallies,
  tallyChecks,
  tallyPlaywright,
  tallyVitest,
  withExitCode,
} from '../../../scripts/lib/tally.mjs';
import { splitArguments } from '../../../scripts/lib/test.mjs';

const test = (/** @type {string} */ status, /** @type {object} */ more = {}) => ({
  fullName: `is ${status}`,
  status,
  failureMessages: [],
  ...more,
});

describe('tallyVitest', () => {
  it('counts tests, keeps failure messages and the reasons of skipped ones', () => {
    const assertionResults = [
      test('passed'),
      test('failed', { failureMessages: ['expected 1 to be 2'] }),
      test('skipped', { meta: { skipReason: 'no fixtures here' } }),
      test('todo'),
    ];
    const tally = tallyVitest(
      { testResults: [{ name: '/x/a.test.ts', message: '', status: 'failed', assertionResults }] },
      (file) => file.slice(3),
    );
    expect(lastLine(tally)).toBe('1 passed, 1 failed, 2 skipped');
    expect(tally.failures).toEqual(['a.test.ts > is failed\nexpected 1 to be 2']);
    expect(tally.skips).toEqual(['a.test.ts > is skipped: no fixtures here', 'a.test.ts > is todo: no reason given']);
  });

  it('counts a file that does not load as one failed test', () => {
    const broken = { name: 'b.test.ts', message: 'cannot find module', status: 'failed', assertionResults: [] };
    expect(tallyVitest({ testResults: [broken] }, String).failures).toEqual(['b.test.ts\ncannot find module']);
  });
});

describe('tallyPlaywright', () => {
  it('finds tests at any depth and forgives no flaky one', () => {
    const spec = (/** @type {'expected' | 'unexpected' | 'flaky' | 'skipped'} */ status) => ({
      title: status,
      file: 'a.spec.ts',
      line: 3,
      tests: [
        {
          status,
          annotations: [{ type: 'skip', description: 'no tray' }],
          results: [{ errors: [{ message: 'boom' }] }],
        },
      ],
    });
    const inner = { specs: [spec('unexpected'), spec('flaky'), spec('skipped')] };
    const tally = tallyPlaywright({ suites: [{ specs: [spec('expected')], suites: [inner] }], errors: [] });
    expect(lastLine(tally)).toBe('1 passed, 2 failed, 1 skipped');
    expect(tally.failures[0]).toBe('a.spec.ts:3 > unexpected\nboom');
    expect(tally.skips).toEqual(['a.spec.ts:3 > skipped: no tray']);
  });

  it('counts an error outside of tests', () => {
    expect(tallyPlaywright({ suites: [], errors: [{ message: 'no such file' }] }).failed).toBe(1);
  });
});

describe('the sum', () => {
  it('counts a bad end without a failed test as one, and never twice', () => {
    expect(withExitCode(emptyTally(), 1, 'crashed')).toMatchObject({ failed: 1, failures: ['crashed'] });
    expect(withExitCode({ ...emptyTally(), failed: 2 }, 1, 'crashed').failed).toBe(2);
    expect(withExitCode(emptyTally(), 0, 'crashed').failed).toBe(0);
  });

  it('counts every static check as one test', () => {
    const checks = tallyChecks([
      { name: 'lint' },
      { name: 'types', problem: 'TS1' },
      { name: 'floor', skipped: 'offline' },
    ]);
    expect(lastLine(sumTallies([checks, { ...emptyTally(), passed: 4 }]))).toBe('5 passed, 1 failed, 1 skipped');
  });
});

describe('splitArguments', () => {
  const stages = ['unit', 'dom', 'e2e'];

  it('takes leading stage names, and hands the rest to their runner', () => {
    const { names, filters } = splitArguments(['unit', 'dom', '--', 'backoff'], stages);
    expect([...names]).toEqual(['unit', 'dom']);
    expect(filters).toEqual(['backoff']);
  });

  it('refuses a word that names no stage', () => {
    expect(() => splitArguments(['unti'], stages)).toThrow('there is no stage "unti"');
  });
});
