// What a person can ask about collected data, and take away as a file.
import { fail, ok } from '../../../shared/contract/envelope';
import { exportPoolsCsv } from '../../export/poolsCsv';
import type { CommandAnswer } from '../../../shared/contract/commands';
import type { CommandHandlers, QueryHandlers } from '../application';
import { describeError, type HandlerContext, ordering, reading } from './context';

export function marketQueries(
  context: HandlerContext,
): Pick<QueryHandlers, 'pools.list' | 'pools.facets' | 'candles.series'> {
  return {
    'pools.list': (args) => reading(context, ({ market }) => market.read('pools.list', args)),
    'pools.facets': () => reading(context, ({ market }) => market.read('pools.facets', null)),
    'candles.series': (args) => reading(context, ({ market }) => market.read('candles.series', args)),
  };
}

export function marketCommands(context: HandlerContext): Pick<CommandHandlers, 'pools.export'> {
  const { clock, ports } = context;
  return {
    'pools.export': (args) =>
      ordering<CommandAnswer<'pools.export'>>(context, async ({ market }) => {
        const path = await ports.chooseSaveFile(`pools-${isoDay(clock.wallMs())}.csv`);
        if (path === null) return ok({ path: null, rows: 0 });
        try {
          return ok({ path, rows: await exportPoolsCsv(market, args, path) });
        } catch (error) {
          return fail('unavailable', `The file could not be written: ${describeError(error)}`);
        }
      }),
  };
}

function isoDay(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 10);
}
