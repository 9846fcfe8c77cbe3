// Starts that cannot be: one line that a person understands, a code that a script understands, and nothing lost.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launchApp, newProfile, removeProfile, runToEnd } from '../support/launchApp';
import { waitForRows } from '../support/windowSteps';

let profile: string;
test.beforeEach(() => {
  profile = newProfile();
});
test.afterEach(() => removeProfile(profile));

/** What the program itself said; Chromium and dbus may add lines of their own. */
const ownLines = (text: string): string[] => text.split('\n').filter((line) => line.startsWith('poolwatch: '));

test('an unknown flag is refused with what there is instead', async () => {
  const { code, stderr } = await runToEnd([`--user-data-dir=${profile}`, '--demoo']);
  expect(code).toBe(2);
  expect(ownLines(stderr)).toEqual([expect.stringContaining('"--demoo"')]);
  expect(ownLines(stderr)[0]).toContain('--demo, --live, --data-dir=DIR');
});

test('a data folder that cannot be written is refused by name', async () => {
  const file = join(profile, 'a file');
  writeFileSync(file, 'kept');
  for (const flag of ['--user-data-dir', '--data-dir']) {
    const { code, stderr } = await runToEnd([`${flag}=${join(file, 'data')}`]);
    expect(code).toBe(1);
    expect(ownLines(stderr)).toEqual([expect.stringContaining(join(file, 'data'))]);
  }
  expect(readFileSync(file, 'utf8')).toBe('kept');
});

test('a second start on the same profile is refused politely and raises the first window', async () => {
  const first = await launchApp({ profile });
  try {
    await first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
    const second = await runToEnd([`--user-data-dir=${profile}`]);
    expect(second.code).toBe(3);
    expect(ownLines(second.stderr)).toEqual([expect.stringContaining('already running')]);
    await expect
      .poll(() => first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible()))
      .toBe(true);
    await waitForRows(first.page, 'dexes');
    expect(first.faults()).toEqual([]);
  } finally {
    await first.close();
  }
});

test('two profiles run side by side', async () => {
  const first = await launchApp({ profile });
  const otherProfile = newProfile();
  const second = await launchApp({ profile: otherProfile });
  await Promise.all([waitForRows(first.page, 'dexes'), waitForRows(second.page, 'dexes')]);
  await Promise.all([first.close(), second.close()]);
  removeProfile(otherProfile);
});

for (const [what, content] of [
  ['an empty', ''],
  ['a cut-off', '{"source": {"mode": "de'],
  ['a nonsensical', '{"source": {"mode": "yesterday"}}'],
] as const) {
  test(`${what} settings file is kept aside, shown in a banner, and the program runs`, async () => {
    const settings = join(profile, 'settings.json');
    writeFileSync(settings, content);
    const { page, close, faults } = await launchApp({ profile });
    await expect(page.getByTestId('banner-settings')).toContainText('settings.json');
    await waitForRows(page, 'dexes');
    expect(faults()).toEqual([]);
    expect(await close()).toBe(0);
    expect(existsSync(`${settings}.broken-1`)).toBe(true);
    expect(readFileSync(`${settings}.broken-1`, 'utf8')).toBe(content);
  });
}
