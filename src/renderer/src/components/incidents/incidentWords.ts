// What is said of incidents and of what they are about: the heap an incident lies in, names of targets, places to look at.
import { type AlertRule, type Incident, SEVERITIES, type Silence } from '../../../../shared/domain/alerts';
import { METRICS, type Target } from '../../../../shared/domain/metrics';
import type { CollectorState } from '../../../../shared/contract/snapshot';
import { assertNever } from '../../../../shared/util/assertNever';
import { navigate } from '../../store/route';
import { t } from '../../texts/texts';

export const HEAPS = ['firing', 'acknowledged', 'snoozed', 'silenced', 'resolved'] as const;
/** Each incident lies in exactly one: the one that says most about whether somebody is told. */
export type Heap = (typeof HEAPS)[number];

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

type Named = Pick<CollectorState, 'id' | 'title'>;

export function targetName({ kind, id }: Target, collectors: readonly Named[]): string {
  switch (kind) {
    case 'collector':
      return collectors.find((collector) => collector.id === id)?.title ?? id;
    case 'database':
      return `${id}.db`;
    case 'network':
      return t('incidents.ownNetwork');
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
      return {
        label: t('incidents.openRoot', { root: targetName(root, collectors) }),
        open: () => navigate('now', root.id),
      };
    case 'database':
      return { label: t('incidents.openDatabase'), open: () => navigate('database') };
    case 'host':
      return { label: t('incidents.openApi'), open: () => navigate('now') };
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
  return title.replaceAll('{target}', t(`incidents.target.${METRICS[metric].target}`));
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
        ? t('incidents.allOfKind', { kind: t(`incidents.target.${targetKind}`) })
        : targetName({ kind: targetKind, id: targetId }, collectors),
    );
  }
  if (ruleId !== null) parts.push(`“${known ? ruleName(known) : ruleId}”`);
  return parts.length === 0 ? t('incidents.everything') : parts.join(', ');
}
