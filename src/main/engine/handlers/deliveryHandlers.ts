// What a person can ask and order about channels and about what became of notices.
import { fail, ok, type Result } from '../../../shared/contract/envelope';
import type { ChannelBook } from '../../delivery/channelBook';
import type { CommandHandlers, QueryHandlers } from '../application';
import type { Engine } from '../engine';
import { type HandlerContext, ordering, reading } from './context';

const NOBODY_IS_TOLD = fail('unavailable', 'This program tells nobody: it is over in a moment.');

export function deliveryQueries(context: HandlerContext): Pick<QueryHandlers, 'alerts.deliveries' | 'channels.list'> {
  return {
    'alerts.deliveries': (args) =>
      reading(context, async ({ monitor }) => ({ deliveries: await monitor.read('deliveries.list', args) })),
    'channels.list': () => withChannels(context, (channels) => ok({ channels: channels.list() })),
  };
}

export function deliveryCommands(
  context: HandlerContext,
): Pick<CommandHandlers, 'channel.save' | 'channel.remove' | 'channel.test'> {
  return {
    'channel.save': (args) => withChannels(context, (channels) => channels.save(args)),
    'channel.remove': ({ channelId }) => withChannels(context, (channels) => channels.remove(channelId)),
    'channel.test': ({ channelId }) => withChannels(context, (channels) => channels.test(channelId)),
  };
}

function withChannels<T>(
  context: HandlerContext,
  act: (channels: ChannelBook) => Result<T> | Promise<Result<T>>,
): Promise<Result<T>> {
  return ordering(context, ({ delivery }: Engine) => (delivery ? act(delivery.channels) : NOBODY_IS_TOLD));
}
