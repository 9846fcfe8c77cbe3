// What a person can ask and order about the databases.
import type { QueryHandlers } from '../application';
import { type HandlerContext, reading } from './context';

export function databaseQueries(context: HandlerContext): Pick<QueryHandlers, 'storage.series'> {
  return {
    'storage.series': (args) =>
      reading(context, async ({ monitor }) => ({ samples: await monitor.read('storage.series', args) })),
  };
}
