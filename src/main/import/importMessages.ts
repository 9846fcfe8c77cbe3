// What the main thread and the importing thread say to each other. Types only.
import type { ImportArgs, ImportReport } from '../../shared/contract/imports';
import type { WriteBatch } from '../../shared/contract/storage';
import type { Progress } from '../../shared/domain/operation';
import type { TokenPair } from './evidence';

export interface ImportRequest {
  readonly args: ImportArgs;
  /** Absolute path of the file or folder to read. */
  readonly path: string;
  /** Folder for copies of foreign databases; only this import uses it. */
  readonly copies: string;
  /** False only looks. */
  readonly stores: boolean;
  readonly storedPairs: ReadonlyMap<string, TokenPair>;
  /** On the watchlist already. */
  readonly watchedIds: ReadonlySet<string>;
  readonly nowMs: number;
}

export type ImportOrder =
  /** A batch is stored. */
  { readonly kind: 'stored' } | { readonly kind: 'cancel' };

export type ImportEvent =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'batch'; readonly batch: WriteBatch }
  | { readonly kind: 'done'; readonly report: ImportReport }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string };
