// The one way to show the data folder in the file manager.
import { giveOrder } from './orders';
import { t } from '../texts/texts';

export function openDataFolder(): Promise<boolean> {
  return giveOrder({
    name: 'link.open',
    args: { link: 'data_folder' },
    accepted: () => null,
    refused: t('shell.folderNotOpened'),
  });
}
