import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkSettings, DEFAULT_SETTINGS, parseSettings } from '../../../src/main/settings/settingsSchema';
import type { Settings, Theme } from '../../../src/shared/domain/settings';
import { changed, needsRestart } from '../../../src/main/settings/settingsChange';
import { openSettings } from '../../../src/main/settings/settingsStore';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'poolwatch-settings-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const withTheme = (settings: Settings, theme: Theme): Settings => ({
  ...settings,
  appearance: { ...settings.appearance, theme },
});
const write = (text: string): void => writeFileSync(join(dir, 'settings.json'), text);

describe('settings', () => {
  it('starts with the defaults and without complaint when there is no file', () => {
    const settings = openSettings(dir);
    expect(settings.get()).toEqual(DEFAULT_SETTINGS);
    expect(settings.problem).toBeNull();
  });

  it('keeps a change across a restart', () => {
    openSettings(dir).update((settings) => withTheme(settings, 'dark'));
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
    settings.update((current) => withTheme(current, 'dark'));
    settings.update((current) => withTheme(current, 'light'));
    write('\0\0\0');
    const reopened = openSettings(dir);
    expect(reopened.get().appearance.theme).toBe('dark');
    expect(reopened.problem).toContain('the previous version is in use');
  });

  it('are found again when the program ended between the two renames of a change, and says so', () => {
    const settings = openSettings(dir);
    settings.update((current) => withTheme(current, 'dark'));
    settings.update((current) => withTheme(current, 'light'));
    rmSync(join(dir, 'settings.json'));
    const reopened = openSettings(dir);
    expect(reopened.get().appearance.theme).toBe('dark');
    expect(reopened.problem).toBe(`${join(dir, 'settings.json')} was missing; the previous version is in use.`);
  });

  it('start with the defaults when neither version is of any use', () => {
    writeFileSync(join(dir, 'settings.json.previous'), 'x');
    const settings = openSettings(dir);
    expect(settings.get()).toEqual(DEFAULT_SETTINGS);
    expect(settings.problem).toBeNull();
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

describe('a change of the settings', () => {
  it('leaves everything that it does not speak of as it was', () => {
    const after = checkSettings(
      changed(DEFAULT_SETTINGS, {
        collectors: { dexes: { intervalMs: 60_000 } },
        retention: { candlesDays: { minute: 90 } },
        networks: [{ id: 'base', dexIds: [] }],
      }),
    );
    const { collectors, retention } = DEFAULT_SETTINGS;
    expect(after).toEqual({
      ok: true,
      value: {
        ...DEFAULT_SETTINGS,
        networks: [{ id: 'base', dexIds: [] }],
        collectors: { ...collectors, dexes: { intervalMs: 60_000 } },
        retention: { ...retention, candlesDays: { ...retention.candlesDays, minute: 90 } },
      },
    });
  });

  it.each([
    [{ topPools: { maxPages: 50 } }, 'topPools.maxPages', 'must be at most 10'],
    [{ topPools: { maxPages: 1.5 } }, 'topPools.maxPages', 'must be a whole number'],
    [{ retention: { tradesDays: 0 } }, 'retention.tradesDays', 'must be at least 1 day'],
    [{ collectors: { dexes: { intervalMs: 1 } } }, 'collectors.dexes.intervalMs', 'must be at least one second'],
    [{ source: { callsPerMinute: 0 } }, 'source.callsPerMinute', 'must be at least 1'],
  ])('is refused in words, with the entry that is wrong: %j', (change, field, words) => {
    const checked = checkSettings(changed(DEFAULT_SETTINGS, change));
    expect(checked).toEqual({ ok: false, error: { code: 'bad_request', field, message: `${field}: ${words}` } });
  });

  it.each([
    JSON.parse('{"__proto__": {"theme": "dark"}}') as object,
    JSON.parse('{"window": {"__proto__": {"closeToTray": false}}}') as object,
    { window: { constructor: { prototype: { theme: 'dark' } } } },
  ])('that is hostile reaches no prototype: %j', (change) => {
    checkSettings(changed(DEFAULT_SETTINGS, change));
    expect(({} as Record<string, unknown>)['closeToTray']).toBeUndefined();
    expect(({} as Record<string, unknown>)['theme']).toBeUndefined();
  });

  it('makes an engine begin anew only for what one reads at its start', () => {
    const after = (change: Parameters<typeof changed>[1]): Settings => parseSettings(changed(DEFAULT_SETTINGS, change));
    expect(needsRestart(DEFAULT_SETTINGS, after({ retention: { runsDays: 7 }, window: { closeToTray: false } }))).toBe(
      false,
    );
    expect(needsRestart(DEFAULT_SETTINGS, after({ topPools: { maxPages: 5 } }))).toBe(true);
    expect(needsRestart(DEFAULT_SETTINGS, after({ topPools: { maxPages: 5 } }), ['topPools'])).toBe(false);
    expect(needsRestart(DEFAULT_SETTINGS, after({}))).toBe(false);
  });
});
