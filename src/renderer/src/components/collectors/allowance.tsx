// How much of a host's calls a minute is used, as cells to count.
import type { ReactNode } from 'react';
import classes from './allowance.module.css';

/** Above this many calls a minute single cells would be too thin to count. */
const MAX_CELLS = 30;

export function Allowance({ used, allowed }: { readonly used: number; readonly allowed: number }): ReactNode {
  const cells = Math.min(allowed, MAX_CELLS);
  const filled = allowed === 0 ? 0 : Math.round((Math.min(used, allowed) / allowed) * cells);
  return (
    <span className={classes.allowance} aria-hidden="true">
      {Array.from({ length: cells }, (_, index) => (
        <span key={index} className={classes.cell} data-used={index < filled || undefined} />
      ))}
    </span>
  );
}
