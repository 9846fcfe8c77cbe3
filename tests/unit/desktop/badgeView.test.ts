import { describe, expect, it } from 'vitest';
import { badgeView } from '../../../src/main/desktop/badgeView';
import { NO_ALERTS } from '../../../src/shared/contract/alerts';
import type { Incident } from '../../../src/shared/domain/alerts';

function badgeOf(...incidents: readonly Partial<Incident>[]) {
  const whole = incidents.map(
    (incident) => ({ ack: null, state: 'open', severity: 'warning', ...incident }) as Incident,
  );
  return badgeView({ alerts: { ...NO_ALERTS, incidents: whole } });
}

describe('the badge', () => {
  it('is not there while nothing is wrong', () => {
    expect(badgeOf()).toEqual({ count: 0, words: '', worst: null });
  });

  it('counts open problems that nobody has acknowledged, and looks like the worst of them', () => {
    const ack = { atMs: 1, note: 'I know' };
    expect(badgeOf({}, { state: 'recovering' }, { ack, severity: 'critical' }, { state: 'resolved' })).toEqual({
      count: 2,
      words: '2 open problems',
      worst: 'degraded',
    });
    expect(badgeOf({ severity: 'critical' })).toEqual({ count: 1, words: '1 open problem', worst: 'down' });
  });
});
