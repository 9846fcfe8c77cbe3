import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  autostartEntry,
  autostartFile,
  mendAutostart,
  readAutostart,
  removeAutostart,
  writeAutostart,
} from '../../../src/main/desktop/autostart';
import { trayComes } from '../../../src/main/desktop/hiddenStart';
import { FakeClock } from '../../support/fakeClock';

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'poolwatch-autostart-'));
  file = autostartFile({ XDG_CONFIG_HOME: dir });
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('the file that starts the program with the session', () => {
  it('lies where desktops look, and a relative folder of settings counts for nothing', () => {
    expect(file).toBe(join(dir, 'autostart', 'poolwatch.desktop'));
    expect(autostartFile({ XDG_CONFIG_HOME: 'relative' })).toMatch(/\/\.config\/autostart\/poolwatch\.desktop$/);
  });

  it('says what to start in the words of its specification', () => {
    expect(autostartEntry({ path: '/opt/Poolwatch/poolwatch', args: ['--hidden'] }).split('\n')).toEqual([
      '[Desktop Entry]',
      'Type=Application',
      'Name=Poolwatch',
      'Comment=Collects decentralised-exchange market data',
      'Exec=/opt/Poolwatch/poolwatch --hidden',
      'Icon=poolwatch',
      'Terminal=false',
      'StartupNotify=false',
      'X-GNOME-Autostart-enabled=true',
      'X-Poolwatch-Program=/opt/Poolwatch/poolwatch',
      '',
    ]);
  });

  it.each([
    ['/a b/poolwatch', '"/a b/poolwatch"'],
    ['--data-dir=/home/me/50% off', '"--data-dir=/home/me/50%% off"'],
    ['/say "hi"/$HOME/`x`', String.raw`"/say \\"hi\\"/\\$HOME/\\` + '`x' + String.raw`\\` + '`"'],
    [String.raw`/back\slash`, String.raw`"/back\\\\slash"`],
  ])('quotes %s by both of its rules', (argument, text) => {
    expect(autostartEntry({ path: argument, args: [] })).toContain(`\nExec=${text}\n`);
  });

  it('is written, read and removed, and removed twice without complaint', () => {
    expect(readAutostart(file)).toEqual({ enabled: false, path: null, hidden: false });
    writeAutostart(file, { path: String.raw`/opt/a\b/poolwatch`, args: ['--hidden'] });
    expect(readAutostart(file)).toEqual({ enabled: true, path: String.raw`/opt/a\b/poolwatch`, hidden: true });
    removeAutostart(file);
    removeAutostart(file);
    expect(existsSync(file)).toBe(false);
  });

  it.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false'])('is off when a desktop wrote %s into it', (line) => {
    writeAutostart(file, { path: '/opt/poolwatch', args: [] });
    const text = readFileSync(file, 'utf8').replace('X-GNOME-Autostart-enabled=true\n', '');
    writeFileSync(file, `${text}${line}\n`);
    expect(readAutostart(file).enabled).toBe(false);
  });

  it('follows a program that was moved, and is left alone otherwise', () => {
    const here = (hidden: boolean) => ({ path: process.execPath, args: hidden ? ['--hidden'] : [] });
    expect(mendAutostart(file, here)).toBe(false);
    writeAutostart(file, { path: join(dir, 'gone'), args: ['--hidden'] });
    expect(mendAutostart(file, here)).toBe(true);
    expect(readAutostart(file)).toEqual({ enabled: true, path: process.execPath, hidden: true });
    expect(mendAutostart(file, here)).toBe(false);
  });
});

describe('a start without a window', () => {
  it('waits for a panel that comes later than the program', async () => {
    const clock = new FakeClock();
    let asked = 0;
    const coming = trayComes({ clock, hasTrayHost: () => Promise.resolve((asked += 1) > 3) });
    await clock.advance(3_000);
    expect(await coming).toBe(true);
  });

  it('gives up after twenty seconds', async () => {
    const clock = new FakeClock();
    const coming = trayComes({ clock, hasTrayHost: () => Promise.resolve(false) });
    await clock.advance(20_000);
    expect(await coming).toBe(false);
  });
});
