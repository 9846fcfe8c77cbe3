// What a person can ask about collected data.
import type { QueryHandlers } from '../application';
import { type HandlerContext, reading } from './context';

export function marketQueries(
  context: HandlerContext,
): Pick<QueryHandlers, 'pools.list' | 'pools.facets' | 'candles.series'> {
  return {
    'pools.list': (args) => reading(context, ({ market }) => market.read('pools.list', args)),
    'pools.facets': () => reading(context, ({ market }) => market.read('pools.facets', null)),
    'candles.series': (args) => reading(context, ({ market }) => market.read('candles.series', args)),
  };
}
