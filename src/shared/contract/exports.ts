// What can be written to a file, and in which formats. One shape for the window, the command line and the thread that writes.
import type { Timeframe } from '../domain/market';
import type { PoolFilter, PoolSortColumn } from './queries';
import type { TableName } from './tables';

/** `qlib` holds candles only: one `<symbol>.csv` per pool in a folder, or all symbols in one file. */
export const EXPORT_FORMATS = ['csv', 'jsonl', 'parquet', 'qlib_folder', 'qlib_file'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Which rows of a table; null means no limit. A limit that the table has no column for is refused. */
export interface RowRange {
  readonly poolIds: readonly string[] | null;
  /** Wall time, inclusive. */
  readonly fromMs: number | null;
  /** Wall time, exclusive. */
  readonly toMs: number | null;
}

export type ExportSubject =
  /** The pool list as the window shows it: filtered, sorted, whole. */
  | {
      readonly kind: 'pools';
      readonly filter: PoolFilter;
      readonly sortBy: PoolSortColumn;
      readonly descending: boolean;
    }
  | { readonly kind: 'table'; readonly table: TableName; readonly range: RowRange }
  /** Candles in US dollars of the base token, of one kind of bar. */
  | {
      readonly kind: 'candles';
      readonly timeframe: Timeframe;
      readonly aggregate: number;
      readonly range: RowRange;
    };

export interface ExportArgs {
  readonly subject: ExportSubject;
  readonly format: ExportFormat;
  /** A byte order mark before CSV, for spreadsheets that otherwise guess the encoding. */
  readonly byteOrderMark: boolean;
}

export interface ExportFigures {
  readonly rows: number;
  readonly files: number;
  readonly bytes: number;
}
