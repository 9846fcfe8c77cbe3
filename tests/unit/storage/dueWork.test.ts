import { describe, expect, it } from 'vitest';
import { dueWork, type WorkHistory } from '../../../src/main/storage/recovery/dueWork';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = 1_000 * DAY;
const fresh: WorkHistory = {
  startedAtMs: START,
  checkedAtMs: null,
  thoroughlyCheckedAtMs: null,
  backedUpAtMs: null,
  retainedAtMs: null,
};

describe('dueWork', () => {
  it.each([
    ['a check first of all', {}, 0, 'check'],
    ['nothing in the first minutes after it', { checkedAtMs: START }, 9 * MINUTE, null],
    ['a first backup after ten minutes', { checkedAtMs: START }, 10 * MINUTE, 'backup'],
    [
      'no backup where yesterday’s is not a day old',
      { checkedAtMs: START, backedUpAtMs: START - HOUR, retainedAtMs: START },
      HOUR - 1,
      null,
    ],
    ['a backup every day', { checkedAtMs: START + 23 * HOUR, backedUpAtMs: START }, DAY, 'backup'],
    ['a check before the backup of the day', { checkedAtMs: START, backedUpAtMs: START }, DAY, 'check'],
    ['a thorough check in the first hour', { checkedAtMs: START, backedUpAtMs: START }, HOUR, 'thorough_check'],
    [
      'a thorough check every week',
      { checkedAtMs: START + 7 * DAY, backedUpAtMs: START + 7 * DAY, thoroughlyCheckedAtMs: START },
      7 * DAY,
      'thorough_check',
    ],
    [
      'old rows to be deleted in the first hour',
      { checkedAtMs: START, backedUpAtMs: START, thoroughlyCheckedAtMs: START },
      30 * MINUTE,
      'retention',
    ],
    [
      'nothing more on a day on which all is done',
      { checkedAtMs: START, backedUpAtMs: START, thoroughlyCheckedAtMs: START, retainedAtMs: START + HOUR },
      23 * HOUR,
      null,
    ],
  ] as const)('asks for %s', (_, history, afterMs, expected) => {
    expect(dueWork({ ...fresh, ...history }, START + afterMs)).toBe(expected);
  });
});
