import { describe, expect, it } from 'vitest';
import { afterVerdict, type FlapState, flapScore, STEADY } from '../../../src/main/alerts/flapping';

const MINUTE_MS = 60_000;

/** One verdict per minute, newest last. */
function judged(pattern: string, from: FlapState = STEADY, startMs = 0): FlapState {
  return [...pattern].reduce(
    (state, letter, index) => afterVerdict(state, letter === 'x', startMs + index * MINUTE_MS),
    from,
  );
}

describe('a condition that goes back and forth', () => {
  it('scores nothing when it never changes, everything when it always does, and more the later it changed', () => {
    expect(flapScore(Array.from({ length: 21 }, () => true))).toBe(0);
    expect(flapScore(Array.from({ length: 21 }, (_, index) => index % 2 === 0))).toBeCloseTo(1);
    const early = [true, ...Array.from({ length: 20 }, () => false)];
    expect(flapScore(early)).toBeCloseTo(0.04);
    expect(flapScore(early.toReversed())).toBeCloseTo(0.06);
  });

  it('flaps after a handful of changes, not after one failure and its end', () => {
    expect(judged('......x...').flapping).toBe(false);
    expect(judged('.x.x').flapping).toBe(false);
    expect(judged('.x.x.x.').flapping).toBe(true);
  });

  it('settles only when it has hardly changed lately and been calm for a quarter of an hour', () => {
    const flapping = judged('.x.x.x.');
    expect(judged('..........', flapping, 7 * MINUTE_MS).flapping).toBe(true);
    expect(judged('.'.repeat(20), flapping, 7 * MINUTE_MS).flapping).toBe(false);
  });

  it('takes readings that say the same within a minute for one verdict', () => {
    const state = Array.from({ length: 600 }).reduce<FlapState>(
      (before, _, second) => afterVerdict(before, second === 300, second * 1_000),
      STEADY,
    );
    expect(state.verdicts).toHaveLength(11);
    expect(state.flapping).toBe(false);
  });
});
