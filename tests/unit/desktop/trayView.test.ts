import { describe, expect, it } from 'vitest';
import { trayView } from '../../../src/main/desktop/trayView';
import { NO_ALERTS } from '../../../src/shared/contract/alerts';
import type { AppSnapshot } from '../../../src/shared/contract/snapshot';
import type { Incident, Severity } from '../../../src/shared/domain/alerts';
import { failingSnapshot, healthySnapshot } from '../renderer/support/fakeSnapshot';

const NOW = Date.UTC(2026, 0, 5, 8);

function incident(id: string, severity: Severity, change: Partial<Incident> = {}): Incident {
  return {
    id,
    state: 'open',
    severity,
    title: `${id} is down`,
    cause: null,
    advice: '',
    root: { kind: 'collector', id },
    rootRuleId: 'rule',
    openedAtMs: NOW,
    seenAtMs: NOW,
    resolvedAtMs: null,
    members: [],
    flips: 0,
    flapping: false,
    ack: null,
    snoozed: null,
    silencedBy: null,
    ...change,
  };
}

const withIncidents = (incidents: readonly Incident[], snapshot = healthySnapshot(NOW)): AppSnapshot => ({
  ...snapshot,
  alerts: { ...NO_ALERTS, incidents },
});

const paused = (snapshot: AppSnapshot): AppSnapshot => ({
  ...snapshot,
  collectors: snapshot.collectors.map((slice) => ({ ...slice, pause: { sinceMs: NOW, untilMs: null } })),
});

describe('the tray', () => {
  it('puts what is said in several lines into one, as a menu has no others', () => {
    const view = trayView(withIncidents([incident('a', 'warning', { title: 'The first\nand the second' })]));
    expect(view.problems[0]?.label).toBe('▲ The first and the second');
  });

  it('is calm while all is well: one line, nothing to snooze', () => {
    expect(trayView(healthySnapshot(NOW))).toMatchObject({
      icon: 'ok',
      problems: [],
      snoozable: [],
      pausing: 'pause_all',
    });
  });

  it('shows the worst incident by its shape, and names it', () => {
    const view = trayView(withIncidents([incident('A', 'critical'), incident('B', 'warning'), incident('C', 'info')]));
    expect(view).toMatchObject({
      icon: 'down',
      tooltip: 'Poolwatch: A is down, and 2 other problems',
      problems: [
        { label: '■ A is down', incidentId: 'A' },
        { label: '▲ B is down', incidentId: 'B' },
        { label: '▲ C is down', incidentId: 'C' },
      ],
    });
    expect(trayView(withIncidents([incident('B', 'warning')])).icon).toBe('degraded');
    expect(trayView(withIncidents([incident('C', 'info')])).icon).toBe('ok');
  });

  it('offers to snooze only what is not snoozed, and says what is', () => {
    const view = trayView(
      withIncidents([
        incident('A', 'critical', { snoozed: NOW }),
        incident('B', 'warning', { ack: { atMs: NOW, note: 'x' } }),
      ]),
    );
    expect(view.snoozable).toEqual(['B']);
    expect(view.problems.map(({ label }) => label)).toEqual(['■ A is down (snoozed)', '▲ B is down (acknowledged)']);
  });

  it('is not red for what a person knows of, but never looks well for it', () => {
    const verdict = { ...healthySnapshot(NOW).verdict, level: 'down' as const };
    const icon = (...incidents: readonly Incident[]) =>
      trayView(withIncidents(incidents, { ...healthySnapshot(NOW), verdict })).icon;
    for (const known of [{ ack: { atMs: NOW, note: 'x' } }, { snoozed: NOW }, { silencedBy: 's' }]) {
      expect(icon(incident('A', 'critical', known))).toBe('degraded');
      expect(icon(incident('A', 'critical', known), incident('B', 'warning'))).toBe('degraded');
      expect(icon(incident('A', 'critical', known), incident('B', 'critical'))).toBe('down');
      // Something else than the incident is down.
      expect(icon(incident('A', 'warning', known))).toBe('down');
    }
  });

  it('keeps its menu short, whatever goes wrong', () => {
    const many = Array.from({ length: 9 }, (_, number) => incident(`N${number} ${'x'.repeat(200)}\nmore`, 'warning'));
    const view = trayView(withIncidents(many));
    expect(view.problems).toHaveLength(5);
    expect(view.moreProblems).toBe(4);
    for (const { label } of view.problems) {
      expect(Array.from(label).length).toBeLessThanOrEqual(70);
      expect(label).not.toContain('\n');
    }
  });

  it('says what the verdict says while no rule has seen it for long enough', () => {
    const view = trayView(failingSnapshot(NOW));
    expect(['degraded', 'down']).toContain(view.icon);
    expect(view.problems).toEqual([{ label: expect.any(String) as string, incidentId: null }]);
  });

  it('never looks well while everything is paused', () => {
    expect(trayView(paused(healthySnapshot(NOW)))).toMatchObject({
      icon: 'paused',
      tooltip: 'Poolwatch: collecting is paused',
      state: 'Collecting is paused',
      pausing: 'resume_all',
    });
  });
});
