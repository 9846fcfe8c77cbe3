// What the tray shows, from the snapshot: icon, tooltip and the lines of its menu. Pure: knows no Electron.
import type { CollectorSlice, SnapshotSlices, VerdictLevel } from '../../shared/contract/snapshot';
import type { Incident } from '../../shared/domain/alerts';
import { formatQuantity } from '../../shared/util/format';

export const TRAY_ICONS = ['ok', 'degraded', 'down', 'paused'] as const;
export type TrayIcon = (typeof TRAY_ICONS)[number];

/** A menu longer than this is read by nobody. */
const PROBLEMS_SHOWN = 5;
const MAX_LABEL_CHARS = 70;

export interface TrayProblem {
  readonly label: string;
  /** Null for what belongs to no incident. */
  readonly incidentId: string | null;
}

export interface TrayView {
  readonly icon: TrayIcon;
  readonly tooltip: string;
  /** One line: is everything all right. */
  readonly state: string;
  readonly problems: readonly TrayProblem[];
  /** How many more there are than shown. */
  readonly moreProblems: number;
  /** Of open incidents that are not snoozed for longer; empty: nothing to snooze. */
  readonly snoozable: readonly string[];
  /** Null when there is nothing to pause or resume. */
  readonly pausing: 'pause_all' | 'resume_all' | null;
}

export function trayView({ verdict, alerts, collectors }: SnapshotSlices): TrayView {
  const { incidents } = alerts;
  const allPaused = collectors.length > 0 && collectors.every(({ pause }) => pause !== null);
  const icon = allPaused ? 'paused' : iconNow(verdict.level, incidents);
  const problems = incidents.map((incident) => ({ label: cut(lineOf(incident)), incidentId: incident.id }));
  // Something can be wrong before a rule has seen it for long enough.
  const isNews = problems.length === 0 && (verdict.level === 'degraded' || verdict.level === 'down');
  const shown = isNews ? [{ label: cut(verdict.sentence), incidentId: null }] : problems;
  return {
    icon,
    tooltip: `Poolwatch: ${tooltipOf(verdict.sentence, incidents, allPaused)}`,
    state: allPaused ? 'Collecting is paused' : verdict.sentence.replace(/[.…]+$/, ''),
    problems: shown.slice(0, PROBLEMS_SHOWN),
    moreProblems: Math.max(0, shown.length - PROBLEMS_SHOWN),
    snoozable: incidents.filter(({ snoozed }) => snoozed === null).map(({ id }) => id),
    pausing: pausingOf(collectors, allPaused),
  };
}

function tooltipOf(sentence: string, incidents: readonly Incident[], allPaused: boolean): string {
  if (allPaused) return 'collecting is paused';
  const [first] = incidents;
  if (!first) return cut(sentence);
  const others = incidents.length - 1;
  return cut(first.title) + (others > 0 ? `, and ${formatQuantity(others, 'other problem')}` : '');
}

function lineOf({ title, severity, snoozed, ack }: Incident): string {
  const note = snoozed !== null ? ' (snoozed)' : ack !== null ? ' (acknowledged)' : '';
  return `${severity === 'critical' ? '■' : '▲'} ${title}${note}`;
}

function iconOf(level: VerdictLevel): TrayIcon {
  return level === 'starting' ? 'ok' : level;
}

/** What a person has acknowledged, snoozed or silenced is no alarm any more, and no less true. */
function iconNow(level: VerdictLevel, incidents: readonly Incident[]): TrayIcon {
  const known = iconFor(incidents.filter(isKnown));
  const news = iconFor(incidents.filter((incident) => !isKnown(incident)));
  const said = iconOf(level);
  const others = worse(known === 'down' && said === 'down' ? 'degraded' : said, news);
  return known === 'ok' ? others : worse('degraded', others);
}

function isKnown({ ack, snoozed, silencedBy }: Incident): boolean {
  return ack !== null || snoozed !== null || silencedBy !== null;
}

function iconFor(incidents: readonly Incident[]): TrayIcon {
  if (incidents.some(({ severity }) => severity === 'critical')) return 'down';
  return incidents.some(({ severity }) => severity === 'warning') ? 'degraded' : 'ok';
}

function worse(one: TrayIcon, other: TrayIcon): TrayIcon {
  const order: readonly TrayIcon[] = ['paused', 'ok', 'degraded', 'down'];
  return order.indexOf(one) >= order.indexOf(other) ? one : other;
}

function pausingOf(collectors: readonly CollectorSlice[], allPaused: boolean): TrayView['pausing'] {
  if (collectors.length === 0) return null;
  return allPaused ? 'resume_all' : 'pause_all';
}

function cut(text: string): string {
  const characters = Array.from(text.replaceAll('\n', ' '));
  return characters.length <= MAX_LABEL_CHARS
    ? characters.join('')
    : `${characters.slice(0, MAX_LABEL_CHARS - 1).join('')}…`;
}
