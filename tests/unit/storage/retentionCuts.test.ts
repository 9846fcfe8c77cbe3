import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src/main/settings/settingsSchema';
import { retentionCuts } from '../../../src/main/storage/recovery/retentionCuts';

const DAY = 24 * 60 * 60_000;
const NOW = 1_000 * DAY;

describe('retentionCuts', () => {
  it('keeps everything collected for ever by default', () => {
    expect(retentionCuts('market', DEFAULT_SETTINGS.retention, NOW)).toEqual([]);
  });

  it('cuts what the program knows about itself after a month and half a year, and series tier by tier', () => {
    expect(retentionCuts('monitor', DEFAULT_SETTINGS.retention, NOW)).toEqual([
      { table: 'storage_samples', beforeMs: NOW - 30 * DAY, timeframe: null },
      { table: 'slots', beforeMs: NOW - 180 * DAY, timeframe: null },
      { table: 'runs', beforeMs: NOW - 180 * DAY, timeframe: null },
      { table: 'collector_events', beforeMs: NOW - 180 * DAY, timeframe: null },
      { table: 'alert_instances', beforeMs: NOW - 180 * DAY, timeframe: null },
      { table: 'alert_transitions', beforeMs: NOW - 180 * DAY, timeframe: null },
      { table: 'incidents', beforeMs: NOW - 180 * DAY, timeframe: null },
      { table: 'incident_events', beforeMs: NOW - 180 * DAY, timeframe: null },
      { table: 'notices', beforeMs: NOW - 180 * DAY, timeframe: null },
      { table: 'sample_ticks', beforeMs: NOW - DAY / 12, timeframe: null },
      { table: 'sample_seals', beforeMs: NOW - 180 * DAY, timeframe: null },
      { table: 'sample_chunks', beforeMs: NOW - 14 * DAY, timeframe: null },
      { table: 'sample_minutes', beforeMs: NOW - 7 * DAY, timeframe: null },
      { table: 'sample_ten_minutes', beforeMs: NOW - 90 * DAY, timeframe: null },
      { table: 'sample_hours', beforeMs: NOW - 730 * DAY, timeframe: null },
      { table: 'deliveries', beforeMs: NOW - 180 * DAY, timeframe: null },
    ]);
  });

  it('cuts candles by timeframe, and only those that were named; bars of seconds go with those of minutes', () => {
    const settings = {
      ...DEFAULT_SETTINGS.retention,
      tradesDays: 7,
      candlesDays: { minute: 90, hour: null, day: null },
    };
    expect(retentionCuts('market', settings, NOW)).toEqual([
      { table: 'trades', beforeMs: NOW - 7 * DAY, timeframe: null },
      { table: 'candles', beforeMs: NOW - 90 * DAY, timeframe: 'second' },
      { table: 'candles', beforeMs: NOW - 90 * DAY, timeframe: 'minute' },
    ]);
  });
});
