// Ages and countdowns: the only components that re-render every second, each no larger than its own text. The exact moment, local and
// UTC, is their hover text.
import type { ReactNode } from 'react';
import { formatAge, formatShortAge, NO_VALUE } from '../../../shared/util/format';
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

/** Marks a text as that of an old moment, so that both are one answer of the clock. */
const STALE = '\u0000';

export function Age({ atMs, staleAfterMs = NEVER_MS, short = false, ago = false }: AgeProps): ReactNode {
  const told = useNow((nowMs) => {
    if (atMs === null) return NO_VALUE;
    const age = nowMs - atMs;
    const mark = age > staleAfterMs ? STALE : '';
    if (age < NOW_MS) return mark + t('common.now');
    const words = short ? formatShortAge(age) : formatAge(age);
    return mark + (ago ? t('common.ago', { age: words }) : words);
  });
  if (atMs === null) return <span>{told}</span>;
  const stale = told.startsWith(STALE);
  return (
    <span className={classes.age} data-stale={stale || undefined} data-tip-at={atMs}>
      {stale ? told.slice(STALE.length) : told}
    </span>
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
    <span className={classes.age} data-tip-at={atMs}>
      {text}
    </span>
  );
}
