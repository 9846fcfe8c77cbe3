// What is measured, as families of Prometheus: the latest reading of each metric and target, and what the snapshot counts. Pure.
// Prometheus wants base units and says them in the name: milliseconds become seconds, shares become ratios.
import type { AppSnapshot, VerdictLevel } from '../../shared/contract/snapshot';
import { SEVERITIES } from '../../shared/domain/alerts';
import { type MetricInfo, type MetricName, METRICS, type MetricUnit, type Reading } from '../../shared/domain/metrics';
import type { Family, Sample } from './exposition';

const MS_PER_SECOND = 1_000;
const VERDICT_LEVELS: readonly VerdictLevel[] = ['starting', 'ok', 'degraded', 'down', 'paused'];

interface ExposedUnit {
  /** The word at the end of the name; null when there is no unit to name. */
  readonly word: string | null;
  readonly divisor: number;
  readonly words: string;
}

const UNITS: Readonly<Record<MetricUnit, ExposedUnit>> = {
  ms: { word: 'seconds', divisor: MS_PER_SECOND, words: 'seconds' },
  bytes: { word: 'bytes', divisor: 1, words: 'bytes' },
  count: { word: null, divisor: 1, words: 'a count' },
  share: { word: 'ratio', divisor: 1, words: '0 to 1' },
  ratio: { word: 'ratio', divisor: 1, words: '1 is the usual' },
  days: { word: 'days', divisor: 1, words: 'days' },
  per_second: { word: 'per_second', divisor: 1, words: 'per second' },
  flag: { word: null, divisor: 1, words: '0 or 1' },
};

/** `host.latencyP95` → `poolwatch_host_latency_p95_seconds`. */
export function exposedName(metric: MetricName): string {
  const name = `poolwatch_${metric.replace('.', '_').replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
  const { word } = UNITS[METRICS[metric].unit];
  // Some names say their unit already: database.walBytes, database.diskDaysLeft.
  return word === null || `${name}_`.includes(`_${word}_`) ? name : `${name}_${word}`;
}

/** One family per metric that has a value, in the order of the list; a value that could not be told is absent. */
export function readingFamilies(readings: readonly Reading[]): readonly Family[] {
  const samples = new Map<MetricName, Sample[]>();
  for (const { metric, target, value } of readings) {
    if (value === null) continue;
    const { kind, id } = target;
    const sample = { labels: { kind, id }, value: value / UNITS[METRICS[metric].unit].divisor };
    const known = samples.get(metric);
    if (known) known.push(sample);
    else samples.set(metric, [sample]);
  }
  return (Object.keys(METRICS) as MetricName[]).map((metric) => {
    const { target, title, unit }: MetricInfo = METRICS[metric];
    return {
      name: exposedName(metric),
      type: 'gauge',
      help: `Of a ${target}: ${title} (${UNITS[unit].words}).`,
      samples: samples.get(metric) ?? [],
    };
  });
}

export function snapshotFamilies({ app, verdict, collectors, hosts, alerts }: AppSnapshot): readonly Family[] {
  const ofHosts = (pick: (host: AppSnapshot['hosts'][number]) => number): readonly Sample[] =>
    hosts.map((host) => ({ labels: { kind: 'host', id: host.host }, value: pick(host) }));
  const ofCollectors = (pick: (collector: AppSnapshot['collectors'][number]) => number | null): readonly Sample[] =>
    collectors.flatMap((collector) => {
      const value = pick(collector);
      return value === null ? [] : [{ labels: { kind: 'collector', id: collector.id }, value }];
    });
  return [
    gauge('poolwatch_build_info', 'Always 1; the labels say which Poolwatch this is.', [
      { labels: { version: app.version, mode: app.mode }, value: 1 },
    ]),
    gauge('poolwatch_start_time_seconds', 'When it was started, in seconds since 1970.', [
      { labels: {}, value: app.startedAtMs / MS_PER_SECOND },
    ]),
    gauge(
      'poolwatch_verdict',
      'Is everything all right: 1 for the level that holds, 0 for the others.',
      VERDICT_LEVELS.map((level) => ({ labels: { level }, value: level === verdict.level ? 1 : 0 })),
    ),
    gauge(
      'poolwatch_incidents_open',
      'Open incidents by severity.',
      SEVERITIES.map((severity) => ({ labels: { severity }, value: alerts.open[severity] })),
    ),
    gauge(
      'poolwatch_collector_interval_seconds',
      'The interval in force.',
      ofCollectors(({ intervalMs }) => intervalMs / MS_PER_SECOND),
    ),
    gauge(
      'poolwatch_collector_paused',
      'Paused by a person (0 or 1).',
      ofCollectors(({ pause }) => (pause === null ? 0 : 1)),
    ),
    gauge(
      'poolwatch_collector_last_success_timestamp_seconds',
      'When a run last succeeded, in seconds since 1970.',
      ofCollectors(({ lastSuccessAtMs }) => (lastSuccessAtMs === null ? null : lastSuccessAtMs / MS_PER_SECOND)),
    ),
    counter(
      'poolwatch_host_calls_total',
      'Calls since the start.',
      ofHosts(({ calls }) => calls),
    ),
    counter(
      'poolwatch_host_throttles_total',
      'Calls that were throttled, since the start.',
      ofHosts(({ throttles }) => throttles),
    ),
    counter(
      'poolwatch_host_errors_total',
      'Calls that failed otherwise, since the start.',
      ofHosts(({ errors }) => errors),
    ),
  ];
}

function gauge(name: string, help: string, samples: readonly Sample[]): Family {
  return { name, type: 'gauge', help, samples };
}

function counter(name: string, help: string, samples: readonly Sample[]): Family {
  return { name, type: 'counter', help, samples };
}
