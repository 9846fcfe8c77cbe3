// What alerts need to know of the engine's parts: how a person calls them, and what depends on what.
import type { CollectorSlice } from '../../shared/contract/snapshot';
import type { Target } from '../../shared/domain/metrics';
import { assertNever } from '../../shared/util/assertNever';
import type { AlertFacts } from '../alerts/rootCause';

export interface AlertFactsSource {
  readonly collectors: () => readonly CollectorSlice[];
  /** Every collector calls it. */
  readonly host: string;
  readonly channelTitle: (channelId: string) => string | null;
}

export function alertFacts({ collectors, host, channelTitle }: AlertFactsSource): AlertFacts {
  const find = (collectorId: string): CollectorSlice | undefined => collectors().find(({ id }) => id === collectorId);
  return {
    titleOf: (target) => titleOf(target, host, find, channelTitle),
    hostsOf: () => [host],
    faultOf(collectorId) {
      const { lastRun, lastError } = find(collectorId) ?? {};
      return lastRun?.outcome === 'failed' ? (lastError?.class ?? null) : null;
    },
    collectors: () => collectors().length,
  };
}

function titleOf(
  { kind, id }: Target,
  host: string,
  find: (id: string) => CollectorSlice | undefined,
  channelTitle: AlertFactsSource['channelTitle'],
): string | null {
  switch (kind) {
    case 'network':
      return 'The network of this computer';
    case 'host':
      return id === host ? id : null;
    case 'collector':
      return find(id)?.title ?? null;
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
