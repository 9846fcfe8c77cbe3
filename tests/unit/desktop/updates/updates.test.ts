// When the feed is asked, what is said of it, and what must have happened before anything is installed.
import { describe, expect, it } from 'vitest';
import type { OwnPackage } from '../../../../src/main/desktop/updates/ownPackage';
import { FIRST_ASKED_MS, SETTLES_MS } from '../../../../src/main/desktop/updates/updateSchedule';
import type { FoundUpdate } from '../../../../src/main/desktop/updates/updateSource';
import { Updates } from '../../../../src/main/desktop/updates/updates';
import { updateSentence } from '../../../../src/shared/util/updateText';
import { FakeClock, settle } from '../../../support/fakeClock';

const HOUR_MS = 60 * 60_000;
const FEED = 'https://updates.example/';
const APPIMAGE: OwnPackage = { kind: 'appimage', file: '/home/analyst/Poolwatch.AppImage' };

/** What the feed says is scripted: electron-updater itself is asked in the packaged program. */
class Bench {
  readonly clock = new FakeClock();
  readonly warnings: string[] = [];
  readonly asked: string[] = [];
  readonly done: string[] = [];
  feedUrl: string | null = FEED;
  releasePageUrl: string | null = null;
  onBattery = false;
  answer: () => FoundUpdate | null = () => null;
  readonly updates: Updates;

  constructor(own: OwnPackage = APPIMAGE) {
    this.updates = new Updates({
      version: '0.1.0',
      own,
      environment: {},
      clock: this.clock,
      log: {
        info: () => undefined,
        debug: () => undefined,
        warn: (_fields, text) => void this.warnings.push(text ?? ''),
      },
      source: {
        ask: (url) => {
          this.asked.push(url);
          return Promise.resolve().then(() => this.answer());
        },
        install: (file) => void this.done.push(`install ${file}`),
      },
      settings: () => Promise.resolve({ feedUrl: this.feedUrl, releasePageUrl: this.releasePageUrl }),
      isOnBattery: () => this.onBattery,
      openPage: (url) => Promise.resolve(void this.done.push(`open ${url}`)),
      restart: () => void this.done.push('restart'),
    });
  }

  async said(): Promise<string> {
    return updateSentence(await this.updates.status());
  }
}

function newer(version: string, download: FoundUpdate['download'] = () => Promise.resolve('/cache/new')): FoundUpdate {
  return { version, download };
}

describe('updates', () => {
  it('are asked of nobody without a feed, however long it runs and whoever orders it', async () => {
    const bench = new Bench();
    bench.feedUrl = null;
    bench.updates.start();
    await bench.clock.advance(72 * HOUR_MS);
    expect(updateSentence(await bench.updates.check())).toBe('No feed is configured, so nobody is asked for updates.');
    expect(bench.asked).toEqual([]);
  });

  it('are asked of the feed a while after the start and once a day', async () => {
    const bench = new Bench();
    bench.updates.start();
    await bench.clock.advance(FIRST_ASKED_MS - 1);
    expect(bench.asked).toEqual([]);
    await bench.clock.advance(1);
    expect(bench.asked).toEqual([FEED]);
    expect(await bench.said()).toBe('You have the newest version, 0.1.0.');
    await bench.clock.advance(24 * HOUR_MS);
    expect(bench.asked).toHaveLength(2);
  });

  it('are not asked for on the battery, also when ordered, and are once it is plugged in', async () => {
    const bench = new Bench();
    bench.onBattery = true;
    bench.updates.start();
    await bench.clock.advance(6 * HOUR_MS);
    expect((await bench.updates.check()).state).toEqual({ kind: 'held_back', by: 'battery' });
    expect(bench.asked).toEqual([]);
    bench.onBattery = false;
    await bench.clock.advance(15 * 60_000);
    expect(bench.asked).toHaveLength(1);
  });

  it('are not asked for right after a sleep', async () => {
    const bench = new Bench();
    bench.updates.start();
    await bench.clock.advance(FIRST_ASKED_MS - 1);
    bench.updates.woke();
    await bench.clock.advance(SETTLES_MS - 1);
    expect(bench.asked).toEqual([]);
    expect(await bench.said()).toMatch(/has just woken up/);
    await bench.clock.advance(15 * 60_000);
    expect(bench.asked).toHaveLength(1);
  });

  it('are told once of a feed that is down, and again after it was up', async () => {
    const bench = new Bench();
    const down = (): never => {
      throw new Error('it refused the connection');
    };
    bench.answer = down;
    bench.updates.start();
    await bench.clock.advance(40 * HOUR_MS);
    expect(bench.asked.length).toBeGreaterThan(5);
    expect(bench.warnings).toHaveLength(1);
    expect(await bench.said()).toBe('The feed was asked in vain: it refused the connection.');
    bench.answer = () => null;
    await bench.updates.check();
    bench.answer = down;
    await bench.updates.check();
    expect(bench.warnings).toHaveLength(2);
  });

  it('are downloaded, and installed when a person says so, at the end of the way out', async () => {
    const bench = new Bench();
    bench.answer = () => newer('0.2.0');
    expect(bench.updates.install().ok).toBe(false);
    await bench.updates.check();
    await settle();
    expect(await bench.said()).toBe('Version 0.2.0 is ready: restart to install.');
    bench.updates.installNow();
    expect(bench.done).toEqual([]);
    expect(bench.updates.install().ok).toBe(true);
    expect(bench.done).toEqual(['restart']);
    bench.updates.installNow();
    expect(bench.done).toEqual(['restart', 'install /cache/new']);
  });

  it('are not asked for again while one comes or waits', async () => {
    const bench = new Bench();
    let arrive = (_file: string): void => undefined;
    bench.answer = () =>
      newer('0.2.0', (onPercent) => {
        onPercent(41.7);
        return new Promise((resolve) => (arrive = resolve));
      });
    await bench.updates.check();
    expect(await bench.said()).toBe('Version 0.2.0 is being downloaded: 41 %.');
    await bench.updates.check();
    arrive('/cache/new');
    await settle();
    await bench.updates.check();
    expect(bench.asked).toHaveLength(1);
    expect((await bench.updates.status()).state.kind).toBe('ready');
  });

  it('keep nothing of a file that is not what was promised', async () => {
    const bench = new Bench();
    bench.answer = () => newer('0.2.0', () => Promise.reject(new Error('another SHA-512')));
    await bench.updates.check();
    await settle();
    expect(await bench.said()).toBe('The feed was asked in vain: another SHA-512.');
    expect(bench.updates.install().ok).toBe(false);
  });

  it('are only told of where the package does not replace itself, with the release page if one is named', async () => {
    const bench = new Bench({ kind: 'by_hand' });
    bench.answer = () => newer('0.2.0', () => Promise.reject(new Error('must not be downloaded')));
    await bench.updates.check();
    expect(await bench.said()).toMatch(/^Version 0\.2\.0 is there\. .* the way the present one was installed\.$/);
    expect((await bench.updates.openReleasePage()).ok).toBe(false);
    bench.releasePageUrl = 'https://poolwatch.example/releases';
    expect(await bench.said()).toMatch(/from the release page\.$/);
    await bench.updates.openReleasePage();
    expect(bench.done).toEqual(['open https://poolwatch.example/releases']);
  });
});
