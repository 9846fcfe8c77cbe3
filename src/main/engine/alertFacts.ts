// What alerts need to know of the engine's parts: how a person calls them, and what depends on what.
import type { CollectorSlice } from '../../shared/contract/snapshot';
import type { Target } from '../../shared/domain/metrics';
import { assertNever } from '../../shared/util/assertNever';
import type { AlertFacts } from '../alerts/rootCause';

export interface AlertFactsSource {
  /** One of them; asked for each member of each incident at every tick, so it must not cost more with more collectors. */
  readonly collector: (collectorId: string) => CollectorSlice | null;
  /** How many there are. */
  readonly collectors: () => number;
  /** Every collector calls it. */
  readonly host: string;
  readonly channelTitle: (channelId: string) => string | null;
}

export function alertFacts({ collector, collectors, host, channelTitle }: AlertFactsSource): AlertFacts {
  return {
    titleOf: (target) => titleOf(target, host, collector, channelTitle),
    hostsOf: () => [host],
    faultOf(collectorId) {
      const { lastRun, lastError } = collector(collectorId) ?? {};
      return lastRun?.outcome === 'failed' ? (lastError?.class ?? null) : null;
    },
    isPaused: (collectorId) => (collector(collectorId)?.pause ?? null) !== null,
    collectors,
  };
}

function titleOf(
  { kind, id }: Target,
  host: string,
  collector: AlertFactsSource['collector'],
  channelTitle: AlertFactsSource['channelTitle'],
): string | null {
  switch (kind) {
    case 'network':
      return 'The network of this computer';
    case 'host':
      return id === host ? id : null;
    case 'collector':
      return collector(id)?.title ?? null;
    case 'database':
      return `${id}.db`;
    case 'app':
      return 'Poolwatch';
    case 'channel':
      return channelTitle(id);
    default:
      return assertNever(kind);
  }
}
