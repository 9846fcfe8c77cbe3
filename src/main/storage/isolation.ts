// Remembers across restarts that a person took a database out of service. A small file next to the spool.
import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';

/** A restart must not put it back by itself, so this is known before the first batch. */
export function wasIsolated(file: string): boolean {
  try {
    return readFileSync(file).length > 0;
  } catch {
    return false;
  }
}

export async function rememberIsolation(file: string, isolated: boolean, wallMs: number): Promise<void> {
  if (isolated) await writeFile(file, `${new Date(wallMs).toISOString()}\n`);
  else await rm(file, { force: true });
}
