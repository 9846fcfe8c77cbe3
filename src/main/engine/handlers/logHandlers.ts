// What a person can ask of the log: pages of it, and one line to take along.
import { fail, ok } from '../../../shared/contract/envelope';
import { logFolder, readLogPage, readRawLine } from '../../logging/readLog';
import type { ApplicationPorts, CommandHandlers, QueryHandlers } from '../application';

export function logQueries(rootDir: string): Pick<QueryHandlers, 'logs.page'> {
  return { 'logs.page': async (args) => ok(await readLogPage(logFolder(rootDir), args)) };
}

export function logCommands(
  rootDir: string,
  { copyText }: Pick<ApplicationPorts, 'copyText'>,
): Pick<CommandHandlers, 'logs.copyLine'> {
  return {
    'logs.copyLine': async ({ id }) => {
      const line = await readRawLine(logFolder(rootDir), id);
      if (line === null) return fail('not_found', 'The file that held this line is no longer kept.');
      copyText(line);
      return ok(null);
    },
  };
}
