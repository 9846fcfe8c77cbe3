// The DEXes of every watched network: ids and names.
import { packRows } from '../../shared/contract/tables';
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
        yield pageOf([dexes], [packRows('dexes', dexes.rows)]);
      } catch (error) {
        yield shortfallPage(failures.failed(network.id, error));
      }
    }
    failures.finish();
  },
};
