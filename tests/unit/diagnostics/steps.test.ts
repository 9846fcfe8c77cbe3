import { expect, it } from 'vitest';
import { DATABASE_STEPS } from '../../../src/main/diagnostics/steps/databaseSteps';
import { DESKTOP_STEPS } from '../../../src/main/diagnostics/steps/desktopSteps';
import { LOCAL_STEPS } from '../../../src/main/diagnostics/steps/localSteps';
import { NETWORK_STEPS } from '../../../src/main/diagnostics/steps/networkSteps';
import { DIAGNOSTIC_STEPS } from '../../../src/shared/domain/diagnostics';

const LANES = [LOCAL_STEPS, DESKTOP_STEPS, NETWORK_STEPS, ...DATABASE_STEPS.map((step) => [step])];

it('a whole diagnosis is over within 20 seconds, however many of its steps get no answer', () => {
  for (const lane of LANES) expect(lane.reduce((sum, { capMs }) => sum + capMs, 0)).toBeLessThanOrEqual(20_000);
});

it('every step that can be asked for is made, once', () => {
  expect(
    LANES.flat()
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual([...DIAGNOSTIC_STEPS].toSorted());
});
