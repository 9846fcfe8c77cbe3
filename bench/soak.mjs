// `npm run soak -- --hours N [--seed S]`: bundles the endurance program and runs it on the packaged app. Keeps the data folder when
// something did not hold, and says where it is.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { launchFlags } from '../scripts/lib/launchFlags.mjs';

const ROOT = resolve(import.meta.dirname, '..');

const { values } = parseArgs({
  options: { hours: { type: 'string' }, seed: { type: 'string' }, executable: { type: 'string' } },
});
const hours = Number(values.hours);
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
if (!(hours > 0) || !Number.isInteger(seed) || values.executable === undefined) {
  process.stderr.write('usage: npm run soak -- --hours N [--seed S]; parts of an hour are allowed, such as 0.2\n');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'poolwatch-soak-'));
// Below the root, so that bare imports are found from where the program lies.
const program = join(ROOT, '.cache', 'soak', `${process.pid}`, 'program.mjs');
process.on('exit', () => rmSync(dirname(program), { recursive: true, force: true }));
await build({
  configFile: false,
  logLevel: 'error',
  build: {
    ssr: join(ROOT, 'bench', 'soak', 'program.ts'),
    outDir: dirname(program),
    rolldownOptions: { output: { entryFileNames: 'program.mjs' } },
  },
});
const order = { root: ROOT, folder, executable: values.executable, flags: launchFlags(), hours, seed };
const child = spawn(process.execPath, [program, JSON.stringify(order)], { stdio: 'inherit' });
const [code] = await once(child, 'exit');
if (code === 0) rmSync(folder, { recursive: true, force: true });
else process.stderr.write(`its data is kept in ${folder}\n`);
process.exitCode = code ?? 1;
