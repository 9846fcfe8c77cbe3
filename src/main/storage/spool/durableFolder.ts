// Makes the names in a folder as durable as the files: a file that was synced can still vanish with its directory entry.
import { open } from 'node:fs/promises';

export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  // Windows neither opens nor needs this.
  await handle?.sync().catch(() => {});
  await handle?.close();
}
