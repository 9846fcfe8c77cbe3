// Stretches in which something that many collectors share was wrong, as stripes across the whole picture. Pure.
import type { LaneState, Timeline, TimeSpan } from '../../../../shared/domain/timeline';

export interface Stripe extends TimeSpan {
  readonly tone: 'down' | 'degraded' | 'absent';
}

const TONES: Readonly<Partial<Record<LaneState, Stripe['tone']>>> = {
  down: 'down',
  breaker_open: 'down',
  locked: 'degraded',
  spooling: 'degraded',
  off: 'absent',
  asleep: 'absent',
};

/** More than these would only be a pattern: the longest are kept. */
const MOST = 80;

/** Incidents tell of the same faults, or of one collector alone: they make no stripe of their own. */
export function sharedStripes({ lanes }: Pick<Timeline, 'lanes'>): readonly Stripe[] {
  const found = lanes
    .filter(({ id }) => id !== 'incidents' && id !== 'monitor')
    .flatMap(({ spans }) =>
      spans.flatMap(({ fromMs, toMs, state }): readonly Stripe[] => {
        const tone = TONES[state];
        return tone === undefined ? [] : [{ fromMs, toMs, tone }];
      }),
    );
  return found.toSorted((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs)).slice(0, MOST);
}
