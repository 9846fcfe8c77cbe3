// What a person can ask and order about collectors.
import type { CommandHandlers, QueryHandlers } from '../application';
import { type HandlerContext, ordering, reading } from './context';

export function collectorQueries(context: HandlerContext): Pick<QueryHandlers, 'runs.list' | 'events.list'> {
  return {
    'runs.list': (args) => reading(context, async ({ monitor }) => ({ runs: await monitor.read('runs.recent', args) })),
    'events.list': (args) =>
      reading(context, async ({ monitor }) => ({ events: await monitor.read('events.recent', args) })),
  };
}

export function collectorCommands(
  context: HandlerContext,
): Pick<CommandHandlers, 'collector.pause' | 'collector.resume' | 'collector.runNow'> {
  return {
    'collector.pause': ({ collectorId, untilMs }) =>
      ordering(context, ({ scheduler }) => scheduler.pause(collectorId, untilMs)),
    'collector.resume': ({ collectorId }) => ordering(context, ({ scheduler }) => scheduler.resume(collectorId)),
    'collector.runNow': ({ collectorId }) => ordering(context, ({ scheduler }) => scheduler.runNow(collectorId)),
  };
}
