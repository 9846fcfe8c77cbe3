import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Tick } from '../../../src/shared/contract/snapshot';
import { followedBy, tickLineOf, ticksOf } from '../../../src/shared/contract/tickLine';
import { SLOT_OUTCOMES } from '../../../src/shared/domain/collector';

const figure = fc.option(fc.nat(1_000_000), { nil: null });
const tick: fc.Arbitrary<Tick> = fc.record({
  // A clock that was set back is one that was set back.
  slotAtMs: fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 }),
  outcome: fc.constantFrom(...SLOT_OUTCOMES),
  durationMs: figure,
  rows: figure,
  slots: fc.integer({ min: 1, max: 500 }),
});
const ticks = fc.array(tick, { maxLength: 45 });

it('is taken apart into the ticks that it was made of', () => {
  fc.assert(
    fc.property(ticks, (all) => {
      expect(ticksOf(tickLineOf(all))).toEqual(all);
    }),
  );
});

it('keeps the newest, and is followed by others, again and again', () => {
  const step = fc.tuple(fc.nat(45), ticks);
  fc.assert(
    fc.property(ticks, fc.array(step, { maxLength: 4 }), (first, steps) => {
      let expected: readonly Tick[] = first;
      let line = tickLineOf(first);
      for (const [most, after] of steps) {
        const kept = Math.min(most, expected.length);
        expected = [...expected.slice(expected.length - kept), ...after];
        line = followedBy(line, kept, tickLineOf(after));
        expect(ticksOf(line)).toEqual(expected);
      }
    }),
  );
});
