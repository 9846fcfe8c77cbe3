// Runs in a child process that is going to be killed: writes batches without pause and prints the id of each acknowledged one.
import { systemClock } from '../../../src/main/engine/systemClock';
import { openStore } from '../../../src/main/storage/openStore';
import type { StoreOptions } from '../../../src/main/storage/store';
import { pool, poolBatch } from './sampleRows';

const options = JSON.parse(process.argv[2] ?? '{}') as Omit<StoreOptions, 'clock'> & { readonly life: number };
const IN_FLIGHT = 4;
const ROWS_PER_BATCH = 5;

const store = await openStore({ ...options, clock: systemClock });
process.stdout.write('ready\n');
let next = 0;
await Promise.all(
  Array.from({ length: IN_FLIGHT }, async () => {
    for (;;) {
      const n = next++;
      const id = `life${options.life}-${n}`;
      const first = options.life * 1_000_000 + n * ROWS_PER_BATCH;
      const rows = Array.from({ length: ROWS_PER_BATCH }, (_, row) => pool(first + row, { name: id }));
      const { durability } = await store.write(poolBatch(id, rows));
      process.stdout.write(`${id} ${durability}\n`);
    }
  }),
);
