// The labels over a line of time: local, with the date and UTC where one points.
import type { ReactNode } from 'react';
import type { TimeSpan } from '../../../../shared/domain/timeline';
import { formatDateTime, formatUtc } from '../../../../shared/util/format';
import { timeTicks } from './timeTicks';
import classes from './track.module.css';

/** A label that would be cut off is left out; its line is not. */
const LABEL_PX = 44;

export function TimeAxis({ fromMs, toMs, width }: TimeSpan & { readonly width: number }): ReactNode {
  return (
    <div className={classes.axis} aria-hidden="true">
      {timeTicks({ fromMs, toMs }, width).map(({ atMs, label }) => (
        <span
          key={atMs}
          className={classes.label}
          style={{ left: `${((atMs - fromMs) / (toMs - fromMs)) * 100}%` }}
          title={`${formatDateTime(atMs)} · ${formatUtc(atMs)}`}
        >
          {((toMs - atMs) / (toMs - fromMs)) * width >= LABEL_PX && label}
        </span>
      ))}
    </div>
  );
}
