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

it('keeps the newest, and is followed by others', () => {
  fc.assert(
    fc.property(ticks, ticks, fc.nat(45), (before, after, most) => {
      const kept = Math.min(most, before.length);
      const line = followedBy(tickLineOf(before), kept, tickLineOf(after));
      const expected = [...before.slice(before.length - kept), ...after];
      expect(ticksOf(line)).toEqual(expected);
      // Not only to be read: what follows follows this one.
      expect(line).toEqual(tickLineOf(expected));
    }),
  );
});
