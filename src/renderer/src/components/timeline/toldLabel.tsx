// What a mark says, as the content of a tooltip: when (local and UTC), verdict, cause.
import type { ReactNode } from 'react';
import type { Told } from './marks';
import classes from './track.module.css';

export function ToldLabel({ title, told }: { readonly title: string; readonly told: Told }): ReactNode {
  return (
    <span className={classes.told}>
      <span>
        {title} · {told.when}
      </span>
      <strong>{told.verdict}</strong>
      {told.cause !== null && <span>{told.cause}</span>}
      <span className={classes.utc}>{told.utc}</span>
    </span>
  );
}
