// One line of time by itself, with its labels: pointer and arrow keys walk its marks.
import { Tooltip } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react';
import type { TimeSpan } from '../../../../shared/domain/timeline';
import { markAt, type Mark, stepTo, tell, tellInOne } from './marks';
import { TimeAxis } from './timeAxis';
import { ToldLabel } from './toldLabel';
import { TrackCanvas } from './trackCanvas';
import classes from './track.module.css';

const HEIGHT = 26;

interface TrackProps extends TimeSpan {
  readonly marks: readonly Mark[];
  readonly title: string;
  /** The whole line in words. */
  readonly summary: string;
}

export function Track({ marks, title, summary, fromMs, toMs }: TrackProps): ReactNode {
  const { ref, width } = useElementSize();
  const [atMs, setAtMs] = useState<number | null>(null);
  const mark = atMs === null ? null : markAt(marks, atMs);
  const told = atMs === null ? null : tell(mark, atMs);
  const share = (ms: number): string => `${((ms - fromMs) / (toMs - fromMs)) * 100}%`;

  const point = (event: PointerEvent): void => {
    const box = event.currentTarget.getBoundingClientRect();
    setAtMs(fromMs + ((event.clientX - box.left) / Math.max(1, box.width)) * (toMs - fromMs));
  };
  const walk = (event: KeyboardEvent): void => {
    const next = stepTo(event.key, marks, atMs ?? toMs);
    if (next === null) return;
    event.preventDefault();
    setAtMs(next);
  };
  return (
    <>
      <TimeAxis fromMs={fromMs} toMs={toMs} width={width} />
      <div
        ref={ref}
        className={classes.track}
        role="img"
        aria-label={`${title}. ${summary}`}
        tabIndex={0}
        onPointerMove={point}
        onPointerLeave={() => setAtMs(null)}
        onKeyDown={walk}
        onBlur={() => setAtMs(null)}
      >
        <TrackCanvas marks={marks} fromMs={fromMs} toMs={toMs} width={width} height={HEIGHT} />
        {atMs !== null && told !== null && (
          <>
            <Tooltip opened label={<ToldLabel title={title} told={told} />} position="top">
              <span
                className={classes.pointer}
                style={
                  mark === null
                    ? { left: share(atMs) }
                    : { left: share(mark.fromMs), width: `calc(${share(mark.toMs)} - ${share(mark.fromMs)})` }
                }
              />
            </Tooltip>
            <span className="pw-visually-hidden" aria-live="polite">
              {tellInOne(title, told)}
            </span>
          </>
        )}
      </div>
    </>
  );
}
