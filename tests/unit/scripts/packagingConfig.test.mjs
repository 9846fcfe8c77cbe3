// The configuration of packages that cannot be made here: electron-builder accepts it, and would order the right things of the tools.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from '../../../scripts/lib/paths.mjs';

const DRY_RUN = join(ROOT, 'tests', 'support', 'packagingDryRun.mjs');
const LIMIT_MS = 120_000;

describe('the packages', () => {
  /** @type {Record<'linux' | 'windows' | 'mac' | 'mistaken', { orders: any[], made: string[], refused?: string }>} */
  let results;
  beforeEach(({ skip }) => skip(process.platform === 'win32', 'the stand-ins are scripts of a Unix shell'));
  beforeAll(async () => {
    if (process.platform === 'win32') return;
    const { stdout } = await promisify(execFile)(process.execPath, [DRY_RUN], { cwd: ROOT });
    results = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  }, LIMIT_MS);

  it('of Windows are an installer per user that asks where to, and leaves the data alone', () => {
    const [[defines, commands]] = results.windows.orders;
    expect(defines).toMatchObject({ APP_ID: 'io.github.poolwatch', PRODUCT_FILENAME: 'Poolwatch' });
    expect(defines.MUI_ICON).toBe(join(ROOT, 'resources', 'icon.ico'));
    expect(defines).toHaveProperty('allowToChangeInstallationDirectory');
    expect(defines).not.toHaveProperty('ONE_CLICK');
    expect(defines).not.toHaveProperty('DELETE_APP_DATA_ON_UNINSTALL');
    expect(commands.OutFile).toMatch(/Poolwatch Setup \d+\.\d+\.\d+\.exe"$/);
  });

  it('of macOS are an image to drag from, and an archive for updates', () => {
    const { orders, made } = results.mac;
    expect(orders[0].contents).toMatchObject([{ name: 'Poolwatch.app' }, { path: '/Applications', type: 'link' }]);
    expect(orders[0].icon).toBe(join(ROOT, 'resources', 'icon.icns'));
    expect(made).toEqual(
      expect.arrayContaining([expect.stringMatching(/^Poolwatch-.*-mac\.zip$/), expect.stringMatching(/\.dmg$/)]),
    );
  });

  it('of Linux are an AppImage beside those that are made here', () => {
    const { orders } = results.linux;
    expect(orders).toHaveLength(3);
    const image = orders.find((order) => order.desktopFileName === 'poolwatch.desktop');
    expect(image.desktop).toContain('MimeType=x-scheme-handler/poolwatch;');
    expect(image.desktop).toContain('StartupWMClass=Poolwatch');
  });

  it('are refused with a setting that there is not', () => {
    expect(results.mistaken.refused).toContain("unknown property 'nonsense'");
  });
});
