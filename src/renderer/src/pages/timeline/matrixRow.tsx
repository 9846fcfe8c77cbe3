// One row of the picture: its name, its marks, and what the one says that is pointed at.
import { Tooltip, UnstyledButton } from '@mantine/core';
import { memo, type ReactNode } from 'react';
import type { TimeSpan } from '../../../../shared/domain/timeline';
import { markAt, tell } from '../../components/timeline/marks';
import { ToldLabel } from '../../components/timeline/toldLabel';
import { TrackCanvas } from '../../components/timeline/trackCanvas';
import { openCollector } from '../../store/route';
import type { MatrixRow } from './matrixRows';
import classes from './timeline.module.css';

const INSET_PX = 6;

interface MatrixRowProps extends TimeSpan {
  readonly row: MatrixRow;
  readonly index: number;
  readonly width: number;
  readonly height: number;
  /** Where somebody points or walks in this row, or null. */
  readonly atMs: number | null;
}

export const MatrixRowView = memo(function MatrixRowView(props: MatrixRowProps): ReactNode {
  const { row, index, fromMs, toMs, width, height, atMs } = props;
  return (
    <div
      className={classes.row}
      style={{ height }}
      data-row={index}
      data-kind={row.kind}
      data-active={atMs !== null || undefined}
      data-testid={`timeline-row-${row.key}`}
    >
      <span className={classes.name} title={row.title}>
        {row.kind === 'collector' ? (
          // Enter opens it from anywhere in the row: no stop of its own for hundreds of them.
          <UnstyledButton className={classes.open} tabIndex={-1} onClick={() => openCollector(row.key)}>
            {row.title}
          </UnstyledButton>
        ) : (
          row.title
        )}
      </span>
      <div className={classes.plot}>
        <TrackCanvas marks={row.marks} fromMs={fromMs} toMs={toMs} width={width} height={height - INSET_PX} />
        {atMs !== null && <Pointer row={row} atMs={atMs} fromMs={fromMs} toMs={toMs} />}
      </div>
    </div>
  );
});

type PointerProps = Pick<MatrixRowProps, 'row' | 'fromMs' | 'toMs'> & { readonly atMs: number };

function Pointer({ row, atMs, fromMs, toMs }: PointerProps): ReactNode {
  const mark = markAt(row.marks, atMs);
  const share = (ms: number): number => ((ms - fromMs) / (toMs - fromMs)) * 100;
  const [left, right] = mark === null ? [share(atMs), share(atMs)] : [share(mark.fromMs), share(mark.toMs)];
  // The words stand where one points, also over a mark that is as wide as the picture.
  return (
    <>
      <span className={classes.pointer} style={{ left: `${left}%`, width: `${right - left}%` }} />
      <Tooltip opened label={<ToldLabel title={row.title} told={tell(mark, atMs)} />} position="top">
        <span className={classes.anchor} style={{ left: `${share(atMs)}%` }} />
      </Tooltip>
    </>
  );
}
