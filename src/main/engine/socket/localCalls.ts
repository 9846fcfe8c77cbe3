// What may be asked of the program on this machine without its window: everything but what needs the window itself.
import { type CommandName } from '../../../shared/contract/commands';
import { fail, type Result } from '../../../shared/contract/envelope';
import type { Logger } from '../../logging/logger';
import { answerCall } from '../api/answerCall';
import { COMMAND_SCHEMAS } from '../api/commandSchemas';
import { QUERY_SCHEMAS } from '../api/querySchemas';
import type { Application } from '../application';
import type { CallKind } from './protocol';

/** They open dialogs and programs on the screen, hold the key, or would end the very engine that listens. */
const WINDOW_ONLY: ReadonlySet<string> = new Set<CommandName>([
  'pools.export',
  'source.use',
  'text.copy',
  'appearance.setTheme',
  'settings.change',
  'settings.export',
  'startup.set',
  'app.copy',
  'banner.dismiss',
  'link.open',
  'update.openReleases',
  'logs.copyLine',
]);

export interface LocalCall {
  readonly kind: CallKind;
  readonly name: string;
  readonly args: unknown;
}

/** Never rejects. */
export type AnswerLocally = (call: LocalCall) => Promise<Result<unknown>>;

export function localCalls(
  application: Pick<Application, 'queries' | 'commands'>,
  log: Pick<Logger, 'warn' | 'error'>,
): AnswerLocally {
  const query = { schemas: QUERY_SCHEMAS, handlers: application.queries, log };
  const command = { schemas: COMMAND_SCHEMAS, handlers: application.commands, log };
  return async ({ kind, name, args }) => {
    if (WINDOW_ONLY.has(name)) return fail('forbidden', 'Only the Poolwatch window may ask this.');
    return await answerCall(kind === 'query' ? query : command, [{ name, args }]);
  };
}
