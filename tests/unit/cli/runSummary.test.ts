import { expect, it } from 'vitest';
import { emptySummary, hasSucceeded, summarise } from '../../../src/main/cli/commands/runSummary';
import type { CollectorId } from '../../../src/shared/domain/collector';
import { fakeRun } from '../renderer/support/fakeSnapshot';

function after(...ended: readonly (readonly [CollectorId, 'ok' | 'failed' | 'cancelled'])[]): boolean {
  const slots = ended.map(([collectorId, outcome]) => ({
    ...{ collectorId, outcome, slotAtMs: 0, slots: 1, untilMs: null, turn: 0, streak: null, detail: null },
    run: fakeRun(collectorId, 0, { outcome }),
  }));
  return hasSucceeded(slots.reduce((summary, slot) => summarise(summary, slot), emptySummary()));
}

it('collecting for a while has succeeded when something came and nothing failed for good', () => {
  expect(after()).toBe(false);
  expect(after(['dexes', 'ok'])).toBe(true);
  expect(after(['dexes', 'ok'], ['trades', 'failed'])).toBe(false);
  // Tried again, it worked; broken off at the end, it may not have.
  expect(after(['dexes', 'ok'], ['trades', 'failed'], ['trades', 'ok'])).toBe(true);
  expect(after(['dexes', 'ok'], ['trades', 'failed'], ['trades', 'cancelled'])).toBe(false);
});
