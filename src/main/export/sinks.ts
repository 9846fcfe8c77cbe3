// What an exporting thread writes into. Every format is one sink; it owns its file or folder until finish or abandon.
import type { ExportFormat } from '../../shared/contract/exports';
import type { SqlValue } from '../../shared/contract/sqlValue';

export interface SinkColumn {
  readonly heading: string;
  readonly kind: 'text' | 'integer' | 'number' | 'timeMs' | 'timeS' | 'decimals';
}

export interface SinkStart {
  /** Columns whose values are told once per group and come first. */
  readonly lead: readonly SinkColumn[];
  readonly columns: readonly SinkColumn[];
  readonly target: string;
  readonly byteOrderMark: boolean;
}

export interface Sink {
  beginGroup(lead: readonly SqlValue[]): void;
  row(values: readonly SqlValue[]): void;
  finish(): { readonly files: number; readonly bytes: number };
  /** Leaves nothing behind. */
  abandon(): void;
}

export const JOINS_DECIMALS: Readonly<Record<ExportFormat, boolean>> = {
  csv: true,
  jsonl: false,
  parquet: false,
  qlib_folder: true,
  qlib_file: true,
};
