// Remembers where the window was. A lost or broken memory costs the default place, never a start.
import { readFileSync, writeFileSync } from 'node:fs';
import type { BrowserWindow } from 'electron';

const SETTLE_MS = 500;

/** What the file holds, of any shape; undefined when there is nothing to read. */
export function recallBounds(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Saves half a second after the window came to rest, and when it closes. */
export function rememberBounds(window: BrowserWindow, file: string): void {
  let timer: NodeJS.Timeout | undefined;
  const save = (): void => {
    clearTimeout(timer);
    if (window.isDestroyed()) return;
    try {
      writeFileSync(file, JSON.stringify({ ...window.getNormalBounds(), maximized: window.isMaximized() }));
    } catch {
      // A full disk is reported where data is at stake.
    }
  };
  const saveSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(save, SETTLE_MS);
  };
  window.on('resize', saveSoon);
  window.on('move', saveSoon);
  window.on('close', save);
}
