// vitest's global set-up for tests that start threads or the command line from out/: builds only when something changed.
import { ensureBuildLocked } from './build.mjs';

export async function setup() {
  await ensureBuildLocked((line) => void process.stderr.write(`${line}\n`));
}
