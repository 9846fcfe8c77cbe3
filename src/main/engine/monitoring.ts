// Joins what watches the engine to what is watched, and starts and stops with it. It decides nothing itself.
import type { Reading } from '../../shared/domain/metrics';
import { HealthWatch } from '../monitoring/healthWatch';
import type { ProbeTarget } from '../monitoring/probes/tcpProbe';
import type { Scheduler } from '../scheduling/scheduler';
import type { MarketSource } from '../sources/marketSource';
import type { Store } from '../storage/store';
import type { EngineOptions } from './engineOptions';
import type { RunCounts } from './runCounts';

export interface MonitoredParts {
  readonly options: EngineOptions;
  readonly scheduler: Scheduler;
  readonly client: MarketSource;
  readonly counts: RunCounts;
  readonly market: Store;
  readonly monitor: Store;
  readonly onReadings: (readings: readonly Reading[]) => void;
}

export function watchEngine(parts: MonitoredParts): HealthWatch {
  const { options, scheduler, client, counts, market, monitor } = parts;
  return new HealthWatch({
    clock: options.clock,
    storageClock: options.storageClock ?? options.clock,
    stores: [market, monitor],
    collectors: () => (scheduler.isStopped ? [] : scheduler.slices()),
    collector: (id) => (scheduler.isStopped ? null : scheduler.slice(id)),
    host: () => client.status(),
    source: options.http ? null : whereTheSourceListens(options.source.baseUrl),
    progressOf: (runId) => counts.progressOf(runId),
    onReadings: parts.onReadings,
  });
}

function whereTheSourceListens(baseUrl: string): ProbeTarget {
  const { hostname, port, protocol } = new URL(baseUrl);
  return { host: hostname, port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port) };
}
