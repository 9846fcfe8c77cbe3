// What a person can have done outside the program: a text on the clipboard, the source's page or the data folder opened.
import { ok } from '../../../shared/contract/envelope';
import type { ApplicationPorts, CommandHandlers } from '../application';

const HOME_PAGE = 'https://www.geckoterminal.com/';

export function outsideCommands(
  rootDir: string,
  ports: Pick<ApplicationPorts, 'copyText' | 'openLink' | 'openFolder'>,
): Pick<CommandHandlers, 'text.copy' | 'link.open'> {
  return {
    'text.copy': ({ text }) => {
      ports.copyText(text);
      return Promise.resolve(ok(null));
    },
    'link.open': async ({ link }) => {
      if (link === 'geckoterminal') await ports.openLink(HOME_PAGE);
      else await ports.openFolder(rootDir);
      return ok(null);
    },
  };
}
