// Replaces a small file so that a crash or a power cut leaves all of the old or all of the new: written aside, synced, renamed, and
// its name synced too. Readable by its owner alone. Synchronous: for what a person changes, never for what happens all day.
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const OWNER_ONLY = 0o600;

export type Survives = 'power_cut' | 'crash';

export interface Replacing {
  /** `crash`: of the program, not of the machine. Asks nothing of the disk, so it may be called often. */
  readonly survives?: Survives;
  /** Called once the new content lies ready, for what must happen to the old one. */
  readonly beforeRename?: () => void;
}

/** @throws when it cannot be written; what was there stays, and nothing is left aside */
export function writeDurably(path: string, text: string, replacing: Replacing = {}): void {
  const { survives = 'power_cut', beforeRename } = replacing;
  const partial = `${path}.part`;
  // A leftover keeps its own, perhaps wider, mode.
  rmSync(partial, { force: true });
  try {
    const file = openSync(partial, 'wx', OWNER_ONLY);
    try {
      writeFileSync(file, text);
      if (survives === 'power_cut') fsyncSync(file);
    } finally {
      closeSync(file);
    }
    beforeRename?.();
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
  if (survives === 'power_cut') syncFolder(dirname(path));
}

/** Where folders cannot be synced (Windows) a rename is as durable as the system makes it. */
function syncFolder(folder: string): void {
  let descriptor: number;
  try {
    descriptor = openSync(folder, 'r');
  } catch {
    return;
  }
  try {
    fsyncSync(descriptor);
  } catch {
    // As above.
  } finally {
    closeSync(descriptor);
  }
}
