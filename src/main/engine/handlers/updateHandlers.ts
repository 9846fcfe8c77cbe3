// What a person can ask and order about newer versions of the program.
import { fail, ok } from '../../../shared/contract/envelope';
import type { UpdateStatus } from '../../../shared/contract/updates';
import type { CommandHandlers, QueryHandlers } from '../application';
import type { HandlerContext } from './context';

type UpdateCommands = Pick<CommandHandlers, 'update.check' | 'update.install' | 'update.openReleases'>;

const WITHOUT_DESKTOP = fail('unavailable', 'This Poolwatch runs without a desktop.');

export function updateQueries({ ports }: HandlerContext, version: string): Pick<QueryHandlers, 'update.status'> {
  return { 'update.status': async () => ok((await ports.updates?.status()) ?? withoutDesktop(version)) };
}

export function updateCommands({ ports }: HandlerContext, version: string): UpdateCommands {
  const { updates } = ports;
  return {
    'update.check': async () => ok((await updates?.check()) ?? withoutDesktop(version)),
    'update.install': () => Promise.resolve(updates?.install() ?? WITHOUT_DESKTOP),
    'update.openReleases': async () => (await updates?.openReleasePage()) ?? WITHOUT_DESKTOP,
  };
}

function withoutDesktop(version: string): UpdateStatus {
  return { version, state: { kind: 'no_desktop' }, hasReleasePage: false };
}
