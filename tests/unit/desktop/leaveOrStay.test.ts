import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { staysWithoutWindow } from '../../../src/main/desktop/leaveOrStay';
import { hasTrayHost } from '../../../src/main/desktop/trayHost';

let userDataDir: string;
beforeEach(() => void (userDataDir = mkdtempSync(join(tmpdir(), 'poolwatch-leave-'))));
afterEach(() => rmSync(userDataDir, { recursive: true, force: true }));

describe('closing the window', () => {
  it.each([
    [true, true, true],
    [true, false, false],
    [false, true, false],
  ])('wanted %s, a tray to see %s: goes on %s', async (wants, host, stays) => {
    const said: string[] = [];
    const close = (): Promise<boolean> =>
      staysWithoutWindow({
        userDataDir,
        wantsToStay: () => Promise.resolve(wants),
        hasTrayHost: () => Promise.resolve(host),
        showNotice({ title }) {
          said.push(title);
          return Promise.resolve({ kind: 'sent' });
        },
      });
    expect(await close()).toBe(stays);
    expect(await close()).toBe(stays);
    // Once and never again: whoever closes it every evening knows.
    expect(said).toEqual(stays ? ['Poolwatch goes on collecting'] : []);
  });

  it('on Windows and macOS there is always a tray', async () => {
    expect([await hasTrayHost('win32'), await hasTrayHost('darwin')]).toEqual([true, true]);
  });
});
