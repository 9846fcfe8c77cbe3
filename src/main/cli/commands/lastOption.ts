// The option by which a command asks about the time up to now.
import type { Command } from 'commander';
import { readDuration } from '../duration';
import { placed, type PlaceOptions } from '../serve';

const DAY_MS = 24 * 3_600_000;

export interface WindowOptions extends PlaceOptions {
  readonly last: number;
}

export function withLast(command: Command, example: string): Command {
  return placed(command, example).option('--last <span>', 'how far back, such as 24h', readDuration, DAY_MS);
}

/** Wall time. */
export function windowOf({ last }: WindowOptions): { readonly fromMs: number; readonly toMs: number } {
  const toMs = Date.now();
  return { fromMs: toMs - last, toMs };
}
