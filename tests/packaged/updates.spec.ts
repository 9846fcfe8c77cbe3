// Updates over a real feed on this computer: asked, downloaded, verified, refused, installed. The program is the packaged one, in the
// surroundings of an AppImage whose file is ours; the "new version" is a script that writes down that it was started, and when.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { logFolder, readLogPage } from '../../src/main/logging/readLog';
import type { UpdateStatus } from '../../src/shared/contract/updates';
import { updateSentence } from '../../src/shared/util/updateText';
import { type LaunchedApp, launchApp, newProfile, removeProfile } from '../support/launchApp';
import { packagedExecutable } from '../support/packagedFiles';
import { snapshot } from '../support/windowSteps';

test.skip(process.platform !== 'linux', 'an AppImage is a kind of package of Linux');

const NEWER = '99.0.0';
const LIST = process.arch === 'x64' ? 'latest-linux.yml' : `latest-linux-${process.arch}.yml`;

/** Serves one version as electron-builder publishes it. */
class Feed {
  readonly asked: string[] = [];
  /** How each call introduced itself. */
  readonly marks: unknown[] = [];
  version = NEWER;
  file = Buffer.alloc(0);
  /** Another one than the file has: somebody put another file there. */
  sha512: string | null = null;
  /** Hangs up on everybody. */
  isDown = false;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer(({ url = '', socket, headers }, response) => {
      if (this.isDown) return void socket.destroy();
      const { pathname } = new URL(url, 'http://feed');
      this.asked.push(pathname);
      this.marks.push(headers['x-user-staging-id']);
      if (pathname === `/${LIST}`) response.end(this.#list());
      else if (pathname.endsWith('.AppImage')) response.end(this.file);
      else response.writeHead(404).end();
    });
  }

  static async open(): Promise<Feed> {
    const feed = new Feed();
    feed.#server.listen(0, '127.0.0.1');
    await once(feed.#server, 'listening');
    return feed;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #list(): string {
    const sha512 = this.sha512 ?? createHash('sha512').update(this.file).digest('base64');
    const name = `Poolwatch-${this.version}.AppImage`;
    return [
      `version: ${this.version}`,
      'files:',
      `  - url: ${name}`,
      `    sha512: ${sha512}`,
      `    size: ${this.file.length}`,
      `path: ${name}`,
      `sha512: ${sha512}`,
      "releaseDate: '2026-11-28T12:00:00.000Z'",
      '',
    ].join('\n');
  }
}

interface Bridge {
  query(name: 'update.status', args: null): Promise<{ readonly value: UpdateStatus }>;
  command(
    name: 'update.check' | 'update.install',
    args: null,
  ): Promise<{ readonly ok: boolean; readonly value: UpdateStatus }>;
}

async function check(page: Page): Promise<string> {
  const { value } = await page.evaluate(() =>
    (globalThis as unknown as { readonly poolwatch: Bridge }).poolwatch.command('update.check', null),
  );
  return updateSentence(value);
}

async function status(page: Page): Promise<string> {
  const { value } = await page.evaluate(() =>
    (globalThis as unknown as { readonly poolwatch: Bridge }).poolwatch.query('update.status', null),
  );
  return updateSentence(value);
}

async function install(page: Page): Promise<boolean> {
  const { ok } = await page.evaluate(() =>
    (globalThis as unknown as { readonly poolwatch: Bridge }).poolwatch.command('update.install', null),
  );
  return ok;
}

async function onBattery({ app }: LaunchedApp, isOnBattery: boolean): Promise<void> {
  await app.evaluate(({ powerMonitor }, is) => {
    powerMonitor.isOnBatteryPower = () => is;
  }, isOnBattery);
}

let feed: Feed;
let profile: string;
test.beforeEach(async () => {
  feed = await Feed.open();
  profile = newProfile();
  mkdirSync(join(profile, 'cache'));
});
test.afterEach(async () => {
  await feed.close();
  removeProfile(profile);
});

function launch(more: Readonly<Record<string, string>>): Promise<LaunchedApp> {
  const env = { POOLWATCH_UPDATE_FEED: feed.url, XDG_CACHE_HOME: join(profile, 'cache'), ...more };
  return launchApp({ profile, executable: packagedExecutable(), env });
}

test('an update is asked for, verified, and installed over closed databases', async () => {
  const appImage = join(profile, 'Poolwatch.AppImage');
  const mark = join(profile, 'started');
  writeFileSync(appImage, 'the old version');
  // What it finds of logs that a database has left open, then its own arguments.
  feed.file = Buffer.from(
    [
      '#!/bin/sh',
      `find "${profile}/profiles" -name '*-wal' -size +0 > "${mark}.open"`,
      `printf '%s\\n' "$@" > "${mark}.tmp"`,
      `mv "${mark}.tmp" "${mark}"`,
      '',
    ].join('\n'),
  );
  const launched = await launch({ APPIMAGE: appImage });
  const { app, page } = launched;
  const version = await app.evaluate((electron) => electron.app.getVersion());

  await test.step('on the battery nothing is asked', async () => {
    await onBattery(launched, true);
    expect(await check(page)).toMatch(/runs on its battery/);
    await onBattery(launched, false);
    expect(feed.asked).toEqual([]);
  });

  await test.step('the newest version is told as that', async () => {
    feed.version = version;
    expect(await check(page)).toBe(`You have the newest version, ${version}.`);
    // Every copy says the same.
    expect(feed.marks).toEqual(['none']);
    feed.version = NEWER;
  });

  await test.step('a file with another SHA-512 is refused, and nothing of it is kept', async () => {
    feed.sha512 = createHash('sha512').update('what was published').digest('base64');
    await check(page);
    await expect.poll(() => status(page)).toMatch(/another SHA-512.*thrown away/);
    expect(await install(page)).toBe(false);
    expect(readFileSync(appImage, 'utf8')).toBe('the old version');
    feed.sha512 = null;
  });

  await test.step('a feed that is down is told once, and is no alert', async () => {
    feed.version = version;
    await check(page);
    feed.isDown = true;
    for (let times = 0; times < 3; times += 1) expect(await check(page)).toMatch(/^The feed was asked in vain: .+\.$/);
    const filter = { level: 'warn', text: 'update feed', collectorId: null, runId: null } as const;
    const told = async () =>
      (await readLogPage(logFolder(profile), { filter, from: null, direction: 'older', limit: 50 })).lines.length;
    // Once for the wrong file before, once now.
    await expect.poll(told).toBe(2);
    const { alerts, banners } = await snapshot(page);
    expect(JSON.stringify([alerts.incidents, banners])).not.toMatch(/feed|update/i);
    feed.isDown = false;
    feed.version = NEWER;
  });

  await test.step('the newer version takes the place of the old one, and is started once everything is closed', async () => {
    await check(page);
    await expect.poll(() => status(page)).toBe(`Version ${NEWER} is ready: restart to install.`);
    expect(readFileSync(appImage, 'utf8')).toBe('the old version');
    const ended = once(app.process(), 'exit');
    // The window may be gone before the answer is.
    await install(page).catch(() => null);
    expect(await ended).toEqual([0, null]);
    expect(readFileSync(appImage)).toEqual(feed.file);
    await expect
      .poll(() => readFileSync(mark, { encoding: 'utf8', flag: 'a+' }))
      .toContain(`--user-data-dir=${profile}`);
    expect(readFileSync(`${mark}.open`, 'utf8')).toBe('');
  });
});

test('where the package does not replace itself, a newer version is told of and left alone', async () => {
  const launched = await launch({ APPIMAGE: '' });
  expect(await check(launched.page)).toMatch(new RegExp(`^Version ${NEWER} is there\\. .*does not replace itself`));
  expect(feed.asked).toEqual([`/${LIST}`]);
  expect(await install(launched.page)).toBe(false);
  expect(await launched.close()).toBe(0);
});
