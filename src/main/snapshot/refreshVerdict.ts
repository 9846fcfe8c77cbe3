// Keeps the verdict of the snapshot up to date, and remembers since when it has been the same.
import type { Clock } from '../../shared/util/clock';
import type { SnapshotHub } from './hub';
import { judge } from './verdict';

/** Call when anything has changed that it is judged by. */
export function refreshVerdict(hub: SnapshotHub, clock: Clock): void {
  const { verdict, collectors, databases, alerts } = hub.peek();
  const next = judge(collectors, databases, alerts.incidents);
  if (next.level === verdict.level && next.sentence === verdict.sentence && next.cause === verdict.cause) return;
  const sinceMs = next.level === verdict.level ? verdict.sinceMs : clock.wallMs();
  hub.replace('verdict', { ...next, sinceMs });
}
