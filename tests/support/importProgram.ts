// Runs in a child process that is going to be killed: imports, and says how far it is.
import { join } from 'node:path';
import { systemClock } from '../../src/main/engine/systemClock';
import { runImport } from '../../src/main/import/importFiles';
import { openStore } from '../../src/main/storage/openStore';

const { dir, path, out } = JSON.parse(process.argv[2] ?? '{}') as { dir: string; path: string; out: string };
const store = await openStore({
  name: 'market',
  file: join(dir, 'market.db'),
  spoolDir: join(dir, 'spool'),
  workers: { writer: join(out, 'storageWriter.js'), reader: join(out, 'storageReader.js') },
  clock: systemClock,
});
await runImport(
  {
    args: { networkId: null, tradeOffsetMinutes: null },
    path,
    store,
    clock: systemClock,
    importer: join(out, 'importer.js'),
  },
  {
    signal: new AbortController().signal,
    onProgress: ({ done, step }) => process.stdout.write(`${step} ${done}\n`),
  },
);
