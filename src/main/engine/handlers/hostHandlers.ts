// What a person can order about API hosts.
import type { CommandHandlers } from '../application';
import { type HandlerContext, ordering } from './context';

export function hostCommands(context: HandlerContext): Pick<CommandHandlers, 'host.resetBreaker'> {
  return { 'host.resetBreaker': ({ host }) => ordering(context, ({ probeHost }) => probeHost(host)) };
}
