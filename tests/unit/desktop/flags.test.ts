import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownArguments, parseFlags } from '../../../src/main/desktop/flags';

const CWD = resolve('/home/somebody');

function flagsOf(...args: string[]) {
  const parsed = parseFlags(args, CWD);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.flags;
}

function refusalOf(...args: string[]): string {
  const parsed = parseFlags(args, CWD);
  if (parsed.ok) throw new Error(`accepted ${args.join(' ')}`);
  return parsed.message;
}

describe('parseFlags', () => {
  it('takes no flags as "as saved, in the usual place"', () => {
    expect(flagsOf()).toEqual({ modeOverride: null, dataDir: null, userDataDir: null, hidden: false, link: null });
  });

  it('takes a start without a window, and an address that leads into it', () => {
    expect(flagsOf('--hidden').hidden).toBe(true);
    expect(flagsOf('--demo', 'Poolwatch://database').link).toBe('Poolwatch://database');
    expect(refusalOf('--hidden=yes')).toBe('--hidden takes no value.');
    expect(refusalOf('https://example.org')).toContain('does not know');
  });

  it.each([
    [['--demo'], 'demo'],
    [['--live'], 'live'],
    [['--demo', '--demo'], 'demo'],
  ])('reads the mode from %j', (args, mode) => {
    expect(flagsOf(...args).modeOverride).toBe(mode);
  });

  it('takes relative folders from the working directory', () => {
    expect(flagsOf('--data-dir=data', '--user-data-dir=window')).toMatchObject({
      dataDir: resolve(CWD, 'data'),
      userDataDir: resolve(CWD, 'window'),
    });
  });

  it('keeps equals signs inside a folder name', () => {
    expect(flagsOf('--data-dir=/a=b').dataDir).toBe(resolve('/a=b'));
  });

  it.each([
    '--no-sandbox',
    '--ozone-platform=x11',
    '--disable-gpu',
    '--disable-features=A,B',
    '--enable-logging',
    '--inspect=0',
    '--inspect-brk',
    '--remote-debugging-port=0',
    '--force-color-profile=srgb',
    '--use-mock-keychain',
    '--password-store=basic',
    '--lang=de',
    '--js-flags=--expose-gc',
    '--v=1',
    '-psn_0_12345',
  ])('lets %s pass, which belongs to Chromium, Electron or the system', (argument) => {
    expect(parseFlags([argument], CWD).ok).toBe(true);
  });

  it.each([
    ['--demoo'],
    ['--Demo'],
    ['--datadir=x'],
    ['--data_dir=x'],
    ['--disabled'],
    ['--used'],
    ['--'],
    ['-d'],
    ['demo'],
    ['report.csv'],
    [''],
  ])('refuses %s and names what it takes', (argument) => {
    expect(refusalOf(argument)).toContain(`"${argument}"`);
    expect(refusalOf(argument)).toContain('--demo, --live, --data-dir=DIR');
  });

  it.each([
    [['--demo', '--live'], 'one of'],
    [['--demo=yes'], 'no value'],
    [['--data-dir'], '--data-dir=DIR'],
    [['--data-dir='], '--data-dir=DIR'],
    [['--user-data-dir='], '--user-data-dir=DIR'],
  ])('refuses %j', (args, part) => {
    expect(refusalOf(...args)).toContain(part);
  });

  it('refuses in one printable line, whatever is typed', () => {
    const args = fc.array(fc.string({ unit: 'binary' }));
    const oneLine = fc.property(args, (typed) => {
      const parsed = parseFlags(typed, CWD);
      return parsed.ok || !/\p{Cc}/u.test(parsed.message);
    });
    expect(fc.check(oneLine)).toMatchObject({ failed: false });
  });
});

describe('ownArguments', () => {
  it('takes everything after the executable of a packaged start', () => {
    expect(ownArguments(['/opt/poolwatch', '--demo'], false)).toEqual(['--demo']);
  });

  it('leaves out the app and a test driver’s loader of an unpackaged start', () => {
    const argv = ['electron', '-r', 'loader.js', '--no-sandbox', '.', '--demo', 'extra'];
    expect(ownArguments(argv, true)).toEqual(['--no-sandbox', '--demo', 'extra']);
  });
});
