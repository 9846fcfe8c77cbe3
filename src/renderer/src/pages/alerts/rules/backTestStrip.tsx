// The week as a strip, with a mark for each time the rule would have fired. The sentence beside it says the same.
import type { ReactNode } from 'react';
import type { BackTest } from '../../../../../shared/contract/alerts';
import { formatDateTime } from '../../../../../shared/util/format';
import classes from './rules.module.css';

const WIDTH = 1_000;
const HEIGHT = 22;
/** Short firings must still be seen. */
const LEAST_WIDTH = 3;

export function BackTestStrip({ result }: { readonly result: BackTest }): ReactNode {
  const { fromMs, toMs, firings } = result;
  const place = (atMs: number): number => ((Math.min(Math.max(atMs, fromMs), toMs) - fromMs) / (toMs - fromMs)) * WIDTH;
  return (
    <div aria-hidden="true">
      <svg className={classes.strip} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none">
        {firings.map((firing) => {
          const x = place(firing.fromMs);
          const width = Math.max(LEAST_WIDTH, place(firing.untilMs ?? toMs) - x);
          return (
            <rect
              key={`${firing.target.kind} ${firing.target.id} ${firing.fromMs}`}
              x={Math.min(x, WIDTH - width)}
              y={0}
              width={width}
              height={HEIGHT}
            />
          );
        })}
      </svg>
      <div className={classes.stripEnds}>
        <span>{formatDateTime(fromMs)}</span>
        <span>{formatDateTime(toMs)}</span>
      </div>
    </div>
  );
}
