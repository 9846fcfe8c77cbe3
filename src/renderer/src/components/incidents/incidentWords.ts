// What is said of incidents and of what they are about: the heap an incident lies in, names of targets, places to look at.
import {
  type AlertRule,
  type Incident,
  type IncidentEvent,
  SEVERITIES,
  type Silence,
} from '../../../../shared/domain/alerts';
import { METRICS, type Target, type TargetKind } from '../../../../shared/domain/metrics';
import type { CollectorSlice } from '../../../../shared/contract/snapshot';
import { assertNever } from '../../../../shared/util/assertNever';
import { navigate } from '../../store/route';

export const HEAPS = ['firing', 'acknowledged', 'snoozed', 'silenced', 'resolved'] as const;
/** Each incident lies in exactly one: the one that says most about whether somebody is told. */
export type Heap = (typeof HEAPS)[number];

export const HEAP_WORDS: Readonly<Record<Heap, string>> = {
  firing: 'Firing',
  acknowledged: 'Acknowledged',
  snoozed: 'Snoozed',
  silenced: 'Silenced',
  resolved: 'Resolved',
};

export function heapOf(incident: Incident, nowMs: number): Heap {
  if (incident.state === 'resolved') return 'resolved';
  if (incident.silencedBy !== null) return 'silenced';
  if (isSnoozed(incident, nowMs)) return 'snoozed';
  return incident.ack === null ? 'firing' : 'acknowledged';
}

export function isSnoozed({ snoozed }: Incident, nowMs: number): boolean {
  return snoozed === 'until_change' || (snoozed !== null && snoozed > nowMs);
}

/** As the snapshot has them: the most severe first, then the newest. */
export function worstFirst(incidents: readonly Incident[]): readonly Incident[] {
  const rank = ({ severity }: Incident): number => SEVERITIES.indexOf(severity);
  return incidents.toSorted((a, b) => rank(b) - rank(a) || b.openedAtMs - a.openedAtMs);
}

/** Nobody has asked to be left alone about it. */
export function isPlain(incident: Incident, nowMs: number): boolean {
  const heap = heapOf(incident, nowMs);
  return heap === 'firing' || heap === 'acknowledged';
}

export const EVENT_WORDS: Readonly<Record<IncidentEvent['kind'], string>> = {
  opened: 'Opened',
  joined: 'Joined',
  left: 'Left',
  raised: 'Raised',
  rooted: 'Cause found',
  flapping: 'Unstable',
  settled: 'Settled',
  acknowledged: 'Acknowledged',
  ack_ended: 'Acknowledgement ended',
  snoozed: 'Snoozed',
  snooze_ended: 'Snooze ended',
  notified: 'Notice',
  not_notified: 'No notice',
  recovering: 'Recovering',
  reopened: 'Opened again',
  resolved: 'Resolved',
};

export const TARGET_KIND_WORDS: Readonly<Record<TargetKind, string>> = {
  network: 'Own network',
  host: 'API host',
  collector: 'Collector',
  database: 'Database',
  app: 'Poolwatch',
  channel: 'Channel',
};

type Named = Pick<CollectorSlice, 'id' | 'title'>;

export function targetName({ kind, id }: Target, collectors: readonly Named[]): string {
  switch (kind) {
    case 'collector':
      return collectors.find((collector) => collector.id === id)?.title ?? id;
    case 'database':
      return `${id}.db`;
    case 'network':
      return 'own network';
    case 'app':
      return 'Poolwatch';
    case 'host':
    case 'channel':
      return id;
    default:
      return assertNever(kind);
  }
}

export interface Place {
  readonly label: string;
  readonly open: () => void;
}

/** Where the window shows what an incident is about; null where it has no page for it. */
export function placeOf(root: Target, collectors: readonly Named[]): Place | null {
  switch (root.kind) {
    case 'collector':
      return { label: `Open ${targetName(root, collectors)}`, open: () => navigate('now', root.id) };
    case 'database':
      return { label: 'Open the database', open: () => navigate('database') };
    case 'host':
      return { label: 'Open the API', open: () => navigate('now') };
    case 'network':
    case 'app':
    case 'channel':
      return null;
    default:
      return assertNever(root.kind);
  }
}

/** A rule by name, where no target stands in its title: "Collector keeps failing". */
export function ruleName({ title, metric }: Pick<AlertRule, 'title' | 'metric'>): string {
  return title.replaceAll('{target}', TARGET_KIND_WORDS[METRICS[metric].target]);
}

/** What a silence covers: "Top pools, “Collector keeps failing”", "Collector: all", "everything". */
export function scopeInWords(
  { ruleId, targetKind, targetId }: Pick<Silence, 'ruleId' | 'targetKind' | 'targetId'>,
  collectors: readonly Named[],
  rules: readonly AlertRule[],
): string {
  const known = rules.find(({ id }) => id === ruleId);
  const parts: string[] = [];
  if (targetKind !== null) {
    parts.push(
      targetId === null
        ? `${TARGET_KIND_WORDS[targetKind]}: all`
        : targetName({ kind: targetKind, id: targetId }, collectors),
    );
  }
  if (ruleId !== null) parts.push(`“${known ? ruleName(known) : ruleId}”`);
  return parts.length === 0 ? 'everything' : parts.join(', ');
}
