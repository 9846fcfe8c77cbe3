import { describe, expect, it } from 'vitest';
import { SLOT_OUTCOMES } from '../../../src/shared/domain/collector';
import {
  describeTick,
  NO_TICK_LOOK,
  placeTicks,
  summariseTicks,
  TICK_LOOKS,
} from '../../../src/renderer/src/components/tickGrammar';
import { PALETTES } from '../../../src/renderer/src/theme/palette';
import { fakeTicks } from './support/fakeSnapshot';

const NOW_MS = Date.UTC(2026, 10, 23, 12);

describe('the tick bar', () => {
  it('puts the newest tick at the right end and leaves places without a slot empty at the left', () => {
    const ticks = fakeTicks(NOW_MS, ['ok', 'failed']);
    expect(placeTicks(ticks, 4)).toEqual([null, null, ticks[0], ticks[1]]);
  });

  it('drops the oldest ticks when there are more than places', () => {
    const ticks = fakeTicks(NOW_MS, ['ok', 'failed', 'missed']);
    expect(placeTicks(ticks, 2)).toEqual([ticks[1], ticks[2]]);
  });

  it('draws no two outcomes alike, and every one in a colour of both schemes', () => {
    const looks = [...SLOT_OUTCOMES.map((outcome) => TICK_LOOKS[outcome]), NO_TICK_LOOK];
    const drawn = looks.map(({ height, fill, colour }) => `${height} ${fill} ${colour}`);
    expect(new Set(drawn).size).toBe(looks.length);
    for (const scheme of ['light', 'dark'] as const) {
      for (const { colour } of looks) expect(PALETTES[scheme][colour]).toMatch(/^#[0-9a-f]{6}$/);
    }
  });

  it('says of a tick when, what, how many rows and how long', () => {
    const [tick] = fakeTicks(NOW_MS, ['ok']);
    expect(describeTick(tick ?? null)).toMatch(/Nov 23, \d\d:\d\d:\d\d · OK · 120 rows · 640 ms/);
    expect(describeTick(null)).toBe('No slot recorded yet');
    const [slept] = fakeTicks(NOW_MS, ['skipped_asleep']);
    expect(describeTick(slept ? { ...slept, slots: 12 } : null)).toMatch(
      /Asleep: the machine was not awake · 12 slots$/,
    );
  });

  it('sums the bar up in words for those who cannot see it', () => {
    expect(summariseTicks(fakeTicks(NOW_MS, ['ok', 'ok', 'failed']))).toBe('Last 3 slots: 2 OK, 1 failed');
    expect(summariseTicks([])).toBe('No slots recorded yet');
  });
});
