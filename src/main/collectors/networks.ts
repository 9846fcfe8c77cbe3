// Every network that the source knows, so that watched ones can be checked and named.
import { packRows } from '../../shared/contract/tables';
import type { Collector } from './collector';
import { pageOf, shortfallPage } from './pages';

/** Far beyond what the source has; a list without an end must not use up the day's calls. */
const MOST_PAGES = 20;

export const networksCollector: Collector = {
  id: 'networks',
  title: 'Network list',
  description: 'Every network that the source knows.',
  priority: 'low',
  async *collect(context) {
    const known = new Set<string>();
    for (let number = 1; number <= MOST_PAGES; number += 1) {
      context.progress(`page ${number}`);
      const page = await context.client.listNetworks(number, context.signal);
      const fresh = page.networks.rows.filter(({ networkId }) => !known.has(networkId));
      for (const { networkId } of fresh) known.add(networkId);
      yield pageOf([page.networks], [packRows('networks', fresh)]);
      if (page.isLast || fresh.length === 0) break;
    }
    for (const { id } of context.settings.networks) {
      if (!known.has(id)) yield shortfallPage(`“${id}” is watched, but the source knows no such network.`);
    }
  },
};
