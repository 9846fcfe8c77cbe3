// Which feed is asked for updates, and who can replace itself.
import { describe, expect, it } from 'vitest';
import { FEED_VARIABLE, feedOf } from '../../../../src/main/desktop/updates/feed';
import { COMMAND_SCHEMAS } from '../../../../src/main/engine/api/commandSchemas';
import { ownPackage } from '../../../../src/main/desktop/updates/ownPackage';

const settings = (feedUrl: string | null) => ({ feedUrl, releasePageUrl: null });

describe('the update feed', () => {
  it('is none unless somebody names one', () => {
    expect(feedOf(settings(null), {})).toEqual({ kind: 'none' });
  });

  it('is what the environment says before what the settings say, also when that is nothing', () => {
    const url = 'https://updates.example/poolwatch/';
    expect(feedOf(settings(url), {})).toEqual({ kind: 'named', url });
    expect(feedOf(settings('https://other.example/'), { [FEED_VARIABLE]: url })).toEqual({ kind: 'named', url });
    expect(feedOf(settings(url), { [FEED_VARIABLE]: '' })).toEqual({ kind: 'none' });
  });

  it.each([
    'http://updates.example/',
    'ftp://updates.example/',
    'file:///tmp/',
    'https://me:key@updates.example/',
    'no',
  ])('is never %s', (url) => {
    expect(feedOf(settings(url), {})).toMatchObject({ kind: 'unusable' });
  });

  it('cannot be named by the page', () => {
    const change = { updates: { feedUrl: 'https://evil.example/' } };
    expect(COMMAND_SCHEMAS['settings.change'].safeParse({ change }).success).toBe(false);
    expect(COMMAND_SCHEMAS['settings.change'].safeParse({ change: { window: { closeToTray: true } } }).success).toBe(
      true,
    );
  });

  it('may do without TLS on this computer', () => {
    for (const url of ['http://127.0.0.1:8080/', 'http://[::1]/', 'http://localhost/'])
      expect(feedOf(settings(url), {}).kind).toBe('named');
  });
});

describe('a package', () => {
  const linux = { isPackaged: true, platform: 'linux', appImage: undefined } as const;

  it('replaces itself as an AppImage and where an installer verifies its signature', () => {
    const file = '/home/analyst/Poolwatch.AppImage';
    expect(ownPackage({ ...linux, appImage: file })).toEqual({ kind: 'appimage', file });
    expect(ownPackage({ ...linux, platform: 'win32' }).kind).toBe('installer');
  });

  it('does not as a deb, an rpm, a folder or a checkout', () => {
    expect(ownPackage(linux).kind).toBe('by_hand');
    expect(ownPackage({ ...linux, appImage: 'Poolwatch.AppImage' }).kind).toBe('by_hand');
    expect(ownPackage({ ...linux, isPackaged: false, appImage: '/home/x' }).kind).toBe('by_hand');
  });
});
