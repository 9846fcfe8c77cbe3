import { expect, it } from 'vitest';
import { tickLineOf } from '../../../src/shared/contract/tickLine';
import { tallyTicks } from '../../../src/renderer/src/store/selectors';
import { SLOT_OUTCOMES } from '../../../src/shared/domain/collector';
import { fakeCollector } from './support/fakeSnapshot';

it('counts a run that began late as one with data, and one that was broken off not at all', () => {
  const [tick] = fakeCollector('dexes', 0).ticks;
  if (!tick) throw new Error('The collector has no slots.');
  const ticks = SLOT_OUTCOMES.map((outcome) => ({ ...tick, outcome }));
  // Of ok, partial, late, failed and throttled.
  expect(tallyTicks([{ ...fakeCollector('dexes', 0), ticks: tickLineOf(ticks) }])).toEqual({
    runs: 5,
    good: 3,
    missed: 1,
  });
});
