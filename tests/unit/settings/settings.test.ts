import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, parseSettings } from '../../../src/main/settings/settingsSchema';
import { openSettings } from '../../../src/main/settings/settingsStore';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'poolwatch-settings-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const write = (text: string): void => writeFileSync(join(dir, 'settings.json'), text);

describe('settings', () => {
  it('starts with the defaults and without complaint when there is no file', () => {
    const settings = openSettings(dir);
    expect(settings.get()).toEqual(DEFAULT_SETTINGS);
    expect(settings.problem).toBeNull();
  });

  it('keeps a change across a restart', () => {
    openSettings(dir).update((settings) => ({ ...settings, appearance: { theme: 'dark' } }));
    expect(openSettings(dir).get().appearance.theme).toBe('dark');
  });

  it.each([
    ['an empty file', '', 'it is empty'],
    ['half a file', '{"appearance": {"the', 'it is not valid JSON'],
    ['a value of the wrong kind', '{"appearance": {"theme": 7}}', 'appearance.theme'],
    ['an unknown entry', '{"colour": "red"}', 'Unrecognized key'],
    ['no share of the quota', '{"newPools": {"quotaShare": 0}}', 'newPools.quotaShare'],
    ['an unknown window', '{"trending": {"window": "3h"}}', 'trending.window'],
    ['too many pools', '{"trades": {"pools": 5000}}', 'trades.pools'],
    ['an interval of zero', '{"collectors": {"dexes": {"intervalMs": 0}}}', 'collectors.dexes.intervalMs'],
  ])('sets %s aside, says why, and goes on', (_, text, reason) => {
    write(text);
    const settings = openSettings(dir);
    expect(settings.get()).toEqual(DEFAULT_SETTINGS);
    expect(settings.problem).toContain(reason);
    const kept = readdirSync(dir).find((name) => name.includes('.broken-'));
    expect(readFileSync(join(dir, kept ?? ''), 'utf8')).toBe(text);
  });

  it('falls back to the previous version when the newest file is damaged', () => {
    const settings = openSettings(dir);
    settings.update((current) => ({ ...current, appearance: { theme: 'dark' } }));
    settings.update((current) => ({ ...current, appearance: { theme: 'light' } }));
    write('\0\0\0');
    const reopened = openSettings(dir);
    expect(reopened.get().appearance.theme).toBe('dark');
    expect(reopened.problem).toContain('the previous version is in use');
  });

  it('opens no door by itself', () => {
    expect(DEFAULT_SETTINGS.doors).toEqual({ metrics: { enabled: false, port: 9_464 }, ping: { url: null } });
  });

  it.each(['ftp://ping.example/hidden', 'hidden', 'https://name:hidden@ping.example/'])(
    'does not repeat an address for pings that will not do: %s',
    (url) => {
      write(JSON.stringify({ doors: { ping: { url } } }));
      const { problem } = openSettings(dir);
      expect(problem).toContain('doors.ping.url');
      expect(problem).not.toContain('hidden');
    },
  );

  it('refuses an aggregate that the source does not offer', () => {
    expect(() => parseSettings({ ohlcv: { timeframe: 'day', aggregate: 4 } })).toThrow('does not offer');
  });
});
