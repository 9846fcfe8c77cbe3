import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const PROGRAM = join(import.meta.dirname, 'support', 'throwWhileCollecting.cjs');
const SMALL_HEAP = ['--max-old-space-size=40', '--max-semi-space-size=1'];

it('an SQLite error that is thrown while the collector frees statements does not end the process', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [...SMALL_HEAP, PROGRAM]);
  expect(Number(stdout)).toBeGreaterThan(1_000);
});
