// The columns in which reports show the figures of a stretch of time.
import type { Figure } from '../../../shared/domain/series';
import { formatShare } from '../../../shared/util/format';
import type { Column } from '../print/report';

export function figureColumns<Row>(figureOf: (row: Row) => Figure | null): readonly Column<Row>[] {
  const number = (name: string, pick: (figure: Figure) => number): Column<Row> => ({
    name,
    value: (row) => {
      const figure = figureOf(row);
      return figure ? rounded(pick(figure)) : null;
    },
  });
  return [
    number('min', ({ min }) => min),
    number('mean', ({ mean }) => mean),
    number('p50', ({ p50 }) => p50),
    number('p95', ({ p95 }) => p95),
    number('max', ({ max }) => max),
    number('samples', ({ n }) => n),
    shareColumn('coverage', (row) => figureOf(row)?.coverage ?? null),
  ];
}

export function shareColumn<Row>(name: string, shareOf: (row: Row) => number | null): Column<Row> {
  return {
    name,
    value: (row) => rounded(shareOf(row)),
    text: (row) => {
      const share = shareOf(row);
      return share === null ? '–' : formatShare(share);
    },
  };
}

/** To four digits: more would only look exact. */
export function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(4));
}
