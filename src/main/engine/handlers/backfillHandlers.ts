// What a person can ask about gaps in candles, and order to fill them.
import { ok } from '../../../shared/contract/envelope';
import type { CommandHandlers, QueryHandlers } from '../application';
import { type HandlerContext, ordering, reading } from './context';

export function backfillQueries(context: HandlerContext): Pick<QueryHandlers, 'gaps.list' | 'backfill.preview'> {
  return {
    'gaps.list': (scope) => reading(context, async ({ backfill }) => ({ series: await backfill.gaps(scope) })),
    'backfill.preview': (scope) => reading(context, ({ backfill }) => backfill.preview(scope)),
  };
}

export function backfillCommands(context: HandlerContext): Pick<CommandHandlers, 'backfill.start'> {
  return {
    'backfill.start': (scope) =>
      ordering(context, ({ backfill }) => {
        // One at a time: two would only share the same calls.
        const plan = { kind: 'backfill', subject: 'candles', title: 'Fetching missing candles' } as const;
        const started = context.operations.start(plan, (work) => backfill.fill(scope, work));
        return started.ok ? ok({ operationId: started.value.operationId }) : started;
      }),
  };
}
