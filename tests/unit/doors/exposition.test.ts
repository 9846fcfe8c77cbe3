// What a scraper reads: checked against the text format, 0.0.4.
import { describe, expect, it } from 'vitest';
import { renderFamilies } from '../../../src/main/doors/exposition';
import { exposedName, readingFamilies, snapshotFamilies } from '../../../src/main/doors/metricFamilies';
import { METRICS, type MetricName, type Reading, type Target } from '../../../src/shared/domain/metrics';
import { aSnapshot } from './support';

const reading = (metric: MetricName, target: Target, value: number | null): Reading => ({
  metric,
  target,
  value,
  atMs: 0,
  detail: null,
});
const lines = (text: string): readonly string[] => text.split('\n');

describe('the text format', () => {
  it('escapes what labels and help must not hold', () => {
    const text = renderFamilies([
      {
        name: 'a_total',
        type: 'counter',
        help: 'One\nline \\ "quoted"',
        samples: [{ labels: { id: 'x"y\\z\nw', kind: 'host' }, value: 2 }],
      },
    ]);
    expect(text).toBe(
      '# HELP a_total One\\nline \\\\ "quoted"\n# TYPE a_total counter\na_total{id="x\\"y\\\\z\\nw",kind="host"} 2\n',
    );
  });

  it.each([
    [Infinity, '+Inf'],
    [-Infinity, '-Inf'],
    [Number.NaN, 'NaN'],
    [0.1, '0.1'],
    [1e21, '1e+21'],
  ])('writes %d as it must be written', (value, written) => {
    const text = renderFamilies([{ name: 'a', type: 'gauge', help: '', samples: [{ labels: {}, value }] }]);
    expect(lines(text)[2]).toBe(`a ${written}`);
  });
});

describe('readings as families', () => {
  it('says units in names, in base units', () => {
    expect(exposedName('host.latencyP95')).toBe('poolwatch_host_latency_p95_seconds');
    expect(exposedName('database.walBytes')).toBe('poolwatch_database_wal_bytes');
    expect(exposedName('database.diskFree')).toBe('poolwatch_database_disk_free_bytes');
    expect(exposedName('database.diskDaysLeft')).toBe('poolwatch_database_disk_days_left');
    expect(exposedName('database.rowsPerSecond')).toBe('poolwatch_database_rows_per_second');
    expect(exposedName('collector.errorRate')).toBe('poolwatch_collector_error_rate_ratio');
    expect(exposedName('host.breakerOpen')).toBe('poolwatch_host_breaker_open');
    const text = renderFamilies(
      readingFamilies([reading('database.lockedFor', { kind: 'database', id: 'market' }, 12_500)]),
    );
    expect(lines(text)[2]).toBe('poolwatch_database_locked_for_seconds{kind="database",id="market"} 12.5');
  });

  it('groups the targets of a metric under one heading, and leaves out what could not be told', () => {
    const text = renderFamilies(
      readingFamilies([
        reading('collector.rows', { kind: 'collector', id: 'dexes' }, 3),
        reading('app.rssBytes', { kind: 'app', id: 'main' }, null),
        reading('collector.rows', { kind: 'collector', id: 'ohlcv' }, 0),
      ]),
    );
    expect(lines(text).slice(1)).toEqual([
      '# TYPE poolwatch_collector_rows gauge',
      'poolwatch_collector_rows{kind="collector",id="dexes"} 3',
      'poolwatch_collector_rows{kind="collector",id="ohlcv"} 0',
      '',
    ]);
  });

  it('gives every name once, readings and snapshot together, as the format demands', () => {
    const everything = (Object.keys(METRICS) as MetricName[]).map((metric) =>
      reading(metric, { kind: METRICS[metric].target, id: 'x' }, 1),
    );
    const names = [...snapshotFamilies(aSnapshot()), ...readingFamilies(everything)].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^poolwatch_[a-z][a-z0-9_]*$/);
  });
});

describe('the snapshot as families', () => {
  it('tells version, verdict, incidents and the counts of a host', () => {
    const text = renderFamilies(snapshotFamilies(aSnapshot()));
    expect(lines(text)).toEqual(
      expect.arrayContaining([
        'poolwatch_build_info{version="1.2.3",mode="demo"} 1',
        'poolwatch_verdict{level="ok"} 1',
        'poolwatch_verdict{level="down"} 0',
        'poolwatch_incidents_open{severity="critical"} 0',
        'poolwatch_start_time_seconds 1767225600',
        '# TYPE poolwatch_host_calls_total counter',
        'poolwatch_host_calls_total{kind="host",id="api.example"} 7',
      ]),
    );
  });
});
