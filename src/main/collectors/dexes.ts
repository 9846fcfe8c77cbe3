// The DEXes of every watched network: ids and names. A watched exchange that the network does not have is named.
import { packRows } from '../../shared/contract/tables';
import type { DexRow } from '../../shared/domain/market';
import type { WatchedNetwork } from '../../shared/domain/settings';
import type { Collector } from './collector';
import { pageOf, shortfallPage } from './pages';
import { PartFailures } from './partFailures';

export const dexesCollector: Collector = {
  id: 'dexes',
  title: 'DEX list',
  description: 'The exchanges of every watched network.',
  async *collect(context) {
    const { client, settings, signal } = context;
    const failures = new PartFailures();
    for (const network of settings.networks) {
      context.progress(network.id);
      try {
        const dexes = await client.listDexes(network.id, signal);
        failures.succeeded();
        yield { ...pageOf([dexes], [packRows('dexes', dexes.rows)]), shortfall: describeUnknown(network, dexes.rows) };
      } catch (error) {
        yield shortfallPage(failures.failed(network.id, error));
      }
    }
    failures.finish();
  },
};

function describeUnknown(network: WatchedNetwork, rows: readonly DexRow[]): string | null {
  const known = new Set(rows.map(({ dexId }) => dexId));
  const unknown = network.dexIds.filter((dexId) => !known.has(dexId));
  return unknown.length === 0 ? null : `${network.id} has no such exchange: ${unknown.join(', ')}.`;
}
