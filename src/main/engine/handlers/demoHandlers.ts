// What a person can order of the demo market. Never of live data.
import { fail, ok } from '../../../shared/contract/envelope';
import type { CommandHandlers } from '../application';
import { runDemoOutage } from '../demoOutage';
import { type HandlerContext, ordering } from './context';

export function demoCommands(context: HandlerContext): Pick<CommandHandlers, 'demo.outage'> {
  const { clock, operations, ports } = context;
  return {
    'demo.outage': () =>
      ordering(context, ({ market }) => {
        const { holdLock } = ports;
        if (context.mode() !== 'demo') return fail('forbidden', 'An outage is only ever played on the demo market.');
        if (!holdLock) return fail('unavailable', 'Only the Poolwatch window can show an outage.');
        const { state } = market.status();
        if (state !== 'ok') return fail('conflict', 'market.db is busy with something else; try again in a moment.');
        const plan = { kind: 'outage', subject: 'market', title: 'Guided outage' } as const;
        const started = operations.start(plan, (work) => runDemoOutage({ clock, market, holdLock }, work));
        return started.ok ? ok({ operationId: started.value.operationId }) : started;
      }),
  };
}
