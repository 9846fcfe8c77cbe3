// Ages and countdowns: the only components that re-render every second, each no larger than its own text.
import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatAge, formatDateTime, formatShortAge, formatUtc, NO_VALUE } from '../../../shared/util/format';
import { useNow } from '../hooks/useNow';
import { t } from '../texts/texts';
import classes from './age.module.css';

/** Below this an age is "now": a figure would only flicker. */
const NOW_MS = 1_000;
const NEVER_MS = Number.POSITIVE_INFINITY;

interface AgeProps {
  /** Wall time; null shows that it never happened. */
  readonly atMs: number | null;
  /** Older than this it greys: the value next to it is no longer news. */
  readonly staleAfterMs?: number;
  readonly short?: boolean;
  /** "5 min ago" instead of "5 min". */
  readonly ago?: boolean;
}

export function Age({ atMs, staleAfterMs = NEVER_MS, short = false, ago = false }: AgeProps): ReactNode {
  const text = useNow((nowMs) => {
    if (atMs === null) return NO_VALUE;
    const age = nowMs - atMs;
    if (age < NOW_MS) return t('common.now');
    const words = short ? formatShortAge(age) : formatAge(age);
    return ago ? t('common.ago', { age: words }) : words;
  });
  const stale = useNow((nowMs) => atMs !== null && nowMs - atMs > staleAfterMs);
  if (atMs === null) return <span>{text}</span>;
  return (
    <Moment atMs={atMs}>
      <span className={classes.age} data-stale={stale || undefined}>
        {text}
      </span>
    </Moment>
  );
}

interface CountdownProps {
  readonly atMs: number | null;
  /** What stands there once the moment has come. */
  readonly due: string;
}

export function Countdown({ atMs, due }: CountdownProps): ReactNode {
  // Rounded up: "1 s" is shown until the moment, not "0 s".
  const text = useNow((nowMs) => {
    if (atMs === null) return NO_VALUE;
    return atMs <= nowMs ? due : formatAge(atMs - nowMs + 999);
  });
  if (atMs === null) return <span>{text}</span>;
  return (
    <Moment atMs={atMs}>
      <span className={classes.age}>{text}</span>
    </Moment>
  );
}

interface MomentProps {
  readonly atMs: number;
  readonly children: ReactNode;
}

/** Gives a time its exact moment on hover, local and UTC. */
function Moment({ atMs, children }: MomentProps): ReactNode {
  return <Tooltip label={`${formatDateTime(atMs)} · ${formatUtc(atMs)}`}>{children}</Tooltip>;
}
