// What the main thread and the exporting thread say to each other. Types only.
import type { ExportArgs, ExportFigures } from '../../shared/contract/exports';

export interface ExportRequest extends ExportArgs {
  /** The database to read. */
  readonly file: string;
  /** Absolute path of the file or, for `qlib_folder`, the folder to make. */
  readonly target: string;
  /** One 32-bit word, not 0 once the export is called off: the thread has no time to listen to messages. */
  readonly cancelled: SharedArrayBuffer;
}

export type ExportEvent =
  | { readonly kind: 'progress'; readonly rows: number; readonly expectedRows: number }
  | { readonly kind: 'done'; readonly figures: ExportFigures }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string };
