// The window and the tray speak of the same thing: in English in the same words, in German in others.
import { afterEach, describe, expect, it } from 'vitest';
import { judge, STARTING } from '../../../src/main/snapshot/verdict';
import type { CollectorHealth, CollectorSlice } from '../../../src/shared/contract/snapshot';
import type { DatabaseStatus, StoreState } from '../../../src/shared/domain/database';
import { verdictWords } from '../../../src/renderer/src/pages/now/verdictWords';
import { speak } from '../../../src/renderer/src/texts/texts';

afterEach(() => speak('en'));

const collector = (title: string, health: CollectorHealth, lastSuccessAtMs: number | null = 1): CollectorSlice =>
  ({ title, health, cause: null, lastSuccessAtMs }) as CollectorSlice;
const database = (state: StoreState, change: Partial<DatabaseStatus> = {}): DatabaseStatus =>
  ({ name: 'market', state, cause: null, lockedSinceMs: null, holder: null, ...change }) as DatabaseStatus;
const holder = (program: string | null): DatabaseStatus['holder'] => ({
  ...{ pid: 4711, program, command: null, sinceMs: 1 },
  certainty: 'exact',
});

const FINDINGS = {
  starting: STARTING,
  'the first rows': judge([collector('Trades', 'no_data', null)], [], []),
  well: judge([collector('Trades', 'ok')], [], []),
  'all paused': judge([collector('Trades', 'paused')], [], []),
  'some paused': judge([collector('Trades', 'paused'), collector('Candles', 'ok')], [], []),
  'one down': judge([collector('Trades', 'down')], [], []),
  'two down': judge([collector('Trades', 'down'), collector('Candles', 'down')], [], []),
  'one late': judge([collector('Trades', 'late')], [], []),
  'two late': judge([collector('Trades', 'late'), collector('Candles', 'degraded')], [], []),
  'locked by a program': judge([], [database('spooling', { lockedSinceMs: 1, holder: holder('python3') })], []),
  'locked by a process': judge([], [database('spooling', { lockedSinceMs: 1, holder: holder(null) })], []),
  'locked by nobody knows whom': judge([], [database('spooling', { lockedSinceMs: 1 })], []),
  'out of reach': judge([], [database('spooling')], []),
  'only read': judge([], [database('read_only')], []),
  'not usable': judge([], [database('failed')], []),
  slow: judge([], [database('recovering')], []),
};

describe('the words of a verdict', () => {
  it.each(Object.entries(FINDINGS))('%s', (_, judged) => {
    const verdict = { ...judged, sinceMs: 0 };
    const { sentence, cause } = judged;
    expect(verdictWords(verdict)).toEqual({ sentence, cause });
    speak('de');
    const german = verdictWords(verdict);
    expect(german.sentence).not.toBe(sentence);
    for (const name of sentence.match(/Trades|Candles|market\.db|python3|4711/g) ?? [])
      expect(german.sentence).toContain(name);
    expect(german.sentence).not.toContain('{{');
    if (cause !== null) expect(german.cause).not.toBe(cause);
  });
});
