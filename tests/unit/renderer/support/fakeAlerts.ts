// Incidents, rules, notices and back-tests for the window's tests.
import {
  type AlertsSlice,
  type BackTest,
  type IncidentDetails,
  NO_ALERTS,
  type RuleEntry,
} from '../../../../src/shared/contract/alerts';
import type { AlertRule, Incident, IncidentMember, Notice } from '../../../../src/shared/domain/alerts';

export function fakeMember(nowMs: number, change: Partial<IncidentMember> = {}): IncidentMember {
  const target = change.target ?? { kind: 'collector', id: 'top_pools' };
  return {
    key: `collector-failing|${target.kind}/${target.id}`,
    ruleId: 'collector-failing',
    target,
    title: 'Top pools keeps failing',
    severity: 'warning',
    state: 'firing',
    sinceMs: nowMs - 60_000,
    value: 3,
    detail: null,
    explained: false,
    ...change,
  };
}

/** The API is out of reach, and two collectors fail for it. */
export function fakeIncident(nowMs: number, change: Partial<Incident> = {}): Incident {
  const root = { kind: 'host', id: 'api.geckoterminal.com' } as const;
  return {
    id: 'incident-1',
    state: 'open',
    severity: 'critical',
    title: 'api.geckoterminal.com is out of reach',
    cause: 'It has answered 503 to every call for two minutes. Collectors that need it cannot run.',
    advice: 'Wait, or look at the status page of the provider.',
    root,
    rootRuleId: 'host-down',
    openedAtMs: nowMs - 125_000,
    seenAtMs: nowMs - 124_000,
    resolvedAtMs: null,
    members: [
      fakeMember(nowMs, {
        key: 'host-down|host/api',
        ruleId: 'host-down',
        target: root,
        title: 'API is out of reach',
        severity: 'critical',
      }),
      fakeMember(nowMs, { explained: true, detail: 'The server answered 503.' }),
      fakeMember(nowMs, {
        explained: true,
        target: { kind: 'collector', id: 'ohlcv' },
        title: 'Candles keeps failing',
        state: 'recovering',
      }),
    ],
    flips: 0,
    flapping: false,
    ack: null,
    snoozed: null,
    silencedBy: null,
    ...change,
  };
}

export function lockIncident(nowMs: number): Incident {
  const root = { kind: 'database', id: 'market' } as const;
  const title = 'market.db is locked by python3 (process 48213)';
  return fakeIncident(nowMs, {
    id: 'incident-lock',
    title,
    cause: 'Rows are kept in the spool meanwhile.',
    root,
    rootRuleId: 'database-locked',
    members: [
      fakeMember(nowMs, { key: 'database-locked|database/market', ruleId: 'database-locked', target: root, title }),
    ],
  });
}

/** A slice of these, counted; nothing else is going on. */
export function openAlerts(incidents: readonly Incident[], change: Partial<AlertsSlice> = {}): AlertsSlice {
  const count = (severity: Incident['severity']): number => incidents.filter((one) => one.severity === severity).length;
  const open = { info: count('info'), warning: count('warning'), critical: count('critical') };
  return { ...NO_ALERTS, incidents, open, ...change };
}

export function fakeDetails(incident: Incident): IncidentDetails {
  const { id, openedAtMs, rootRuleId, root, severity } = incident;
  const line = (afterMs: number, kind: IncidentDetails['timeline'][number]['kind'], text: string) => ({
    incidentId: id,
    atMs: openedAtMs + afterMs,
    kind,
    text,
  });
  return {
    incident,
    timeline: [
      line(0, 'opened', 'Two probes in a row failed.'),
      line(500, 'joined', 'Top pools keeps failing.'),
      line(900, 'notified', 'On the desktop and in the inbox.'),
    ],
    transitions: [
      {
        key: `${rootRuleId}|${root.kind}/${root.id}`,
        ruleId: rootRuleId,
        ruleVersion: 1,
        target: root,
        from: 'pending',
        to: 'firing',
        atMs: openedAtMs,
        seenAtMs: openedAtMs + 1_000,
        value: 2,
        severity,
        reason: 'failed probes in a row: 2, at least 2',
        episode: 1,
      },
    ],
  };
}

export function fakeRule(change: Partial<AlertRule> = {}): AlertRule {
  return {
    id: 'collector-failing',
    version: 3,
    enabled: true,
    title: '{target} keeps failing',
    metric: 'collector.failureStreak',
    targets: null,
    comparison: 'above',
    fire: 3,
    clear: 1,
    forMs: 0,
    keepForMs: 60_000,
    goodReadings: 2,
    severity: 'warning',
    noData: 'keep',
    expectedEveryMs: 3_600_000,
    needsNetwork: true,
    advice: 'Look at its last error.',
    ...change,
  };
}

export function fakeRules(): readonly RuleEntry[] {
  const failing = fakeRule();
  const backup = fakeRule({
    id: 'backup-old',
    title: 'The backup of {target} is old',
    metric: 'database.backupAge',
    fire: 26 * 3_600_000,
    clear: 25 * 3_600_000,
  });
  const own = fakeRule({
    id: 'own-1',
    title: '{target} is slow',
    metric: 'collector.duration',
    fire: 60_000,
    clear: 30_000,
    enabled: false,
  });
  return [
    { rule: failing, shipped: failing, changed: false },
    { rule: backup, shipped: { ...backup, fire: 25 * 3_600_000 }, changed: true },
    { rule: own, shipped: null, changed: false },
  ];
}

export function fakeBackTest(fromMs: number, toMs: number): BackTest {
  const target = { kind: 'collector', id: 'top_pools' } as const;
  return {
    fromMs,
    toMs,
    coverage: 0.63,
    firings: [
      { target, fromMs: fromMs + 3_600_000, untilMs: fromMs + 7_200_000, peak: 5 },
      { target, fromMs: toMs - 600_000, untilMs: null, peak: 4 },
    ],
    suggested: { quiet: 4, strict: 5 },
  };
}

export function fakeNotices(nowMs: number): readonly (Notice & { readonly seen: boolean })[] {
  const notice = {
    id: 'incident-1|fired|1',
    incidentId: 'incident-1',
    kind: 'fired',
    severity: 'critical',
    title: 'api.geckoterminal.com is out of reach',
    body: 'Two collectors cannot run.',
    atMs: nowMs - 124_000,
    suppressed: null,
    seen: false,
  } as const;
  return [
    notice,
    {
      ...notice,
      id: 'incident-0|resolved|2',
      incidentId: 'incident-0',
      kind: 'resolved',
      title: 'Over: Candles were late',
      atMs: nowMs - 900_000,
      suppressed: 'silenced: planned work',
      seen: true,
    },
  ];
}
