// Calls the program that tampers with files, and waits for it.
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const PROGRAM = resolve(import.meta.dirname, 'tamperer.mjs');
const run = promisify(execFile);

export interface StoredRows {
  /** `ok`, or what is wrong. */
  readonly integrity: string;
  /** Pool id to name. */
  readonly names: Readonly<Record<string, string>>;
}

export async function tamper(command: string, file: string, ...rest: readonly (string | number)[]): Promise<unknown> {
  const { stdout } = await run(process.execPath, [PROGRAM, command, file, ...rest.map(String)], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout) as unknown;
}

/** Counts from another process over a connection of its own. */
export async function storedRows(file: string): Promise<StoredRows> {
  return (await tamper('rows', file)) as StoredRows;
}
