// What a person can order about long work that is under way.
import type { CommandHandlers } from '../application';
import type { HandlerContext } from './context';

export function operationCommands({ operations }: HandlerContext): Pick<CommandHandlers, 'operation.cancel'> {
  return { 'operation.cancel': ({ operationId }) => Promise.resolve(operations.cancel(operationId)) };
}
