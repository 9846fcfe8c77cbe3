// The one way to show the data folder in the file manager.
import { giveOrder } from './orders';

export function openDataFolder(): Promise<boolean> {
  return giveOrder({
    name: 'link.open',
    args: { link: 'data_folder' },
    accepted: () => null,
    refused: 'The folder was not opened',
  });
}
