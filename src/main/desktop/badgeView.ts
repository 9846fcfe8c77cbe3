// What the icon of the program shows beside itself where desktops have room for it: how many problems nobody has taken note of.
// Pure: knows no Electron.
import type { SnapshotSlices } from '../../shared/contract/snapshot';
import { formatQuantity } from '../../shared/util/format';

export interface BadgeView {
  readonly count: number;
  /** For those who cannot see the badge. */
  readonly words: string;
  readonly worst: 'down' | 'degraded' | null;
}

export function badgeView({ alerts }: Pick<SnapshotSlices, 'alerts'>): BadgeView {
  const news = alerts.incidents.filter(({ ack, state }) => ack === null && state !== 'resolved');
  const count = news.length;
  const isDown = news.some(({ severity }) => severity === 'critical');
  return {
    count,
    words: count === 0 ? '' : formatQuantity(count, 'open problem'),
    worst: count === 0 ? null : isDown ? 'down' : 'degraded',
  };
}
