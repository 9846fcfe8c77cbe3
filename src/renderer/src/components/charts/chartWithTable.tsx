// A chart, what it says in one sentence, and the same figures as a table for whoever wants or needs them.
import { UnstyledButton } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { t } from '../../texts/texts';
import classes from './charts.module.css';

export interface ChartTable {
  readonly caption: string;
  readonly columns: readonly string[];
  /** Newest first; the first cell names the row. */
  readonly rows: readonly (readonly string[])[];
}

interface ChartWithTableProps {
  readonly summary: string;
  readonly height: number | 'fill';
  readonly chart: ReactNode;
  /** Built only when somebody looks at it. */
  readonly table: () => ChartTable;
}

export function ChartWithTable({ summary, height, chart, table }: ChartWithTableProps): ReactNode {
  const [asTable, setAsTable] = useState(false);
  return (
    <>
      <div className={classes.bar}>
        <p className={classes.summary}>{summary}</p>
        <UnstyledButton className={classes.toggle} onClick={() => setAsTable((value) => !value)} aria-pressed={asTable}>
          {asTable ? t('charts.viewAsChart') : t('charts.viewAsTable')}
        </UnstyledButton>
      </div>
      {asTable ? <FigureTable table={table()} height={height} /> : chart}
    </>
  );
}

function FigureTable({ table, height }: { readonly table: ChartTable; readonly height: number | 'fill' }): ReactNode {
  return (
    <div
      className={classes.tableFrame}
      style={{ height: height === 'fill' ? '100%' : height }}
      tabIndex={0}
      role="region"
      aria-label={table.caption}
    >
      <table className={classes.table}>
        <caption className="pw-visually-hidden">{table.caption}</caption>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(([name = '', ...cells]) => (
            <tr key={name}>
              <td>{name}</td>
              {cells.map((cell, index) => (
                <td key={index}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
