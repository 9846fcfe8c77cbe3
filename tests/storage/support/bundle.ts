// Child processes cannot run TypeScript: bundles a test's child program into one file.
import { join, resolve } from 'node:path';
import { build } from 'vite';

/** Returns the path of the bundled program. */
export async function bundleProgram(source: string, folder: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    // Whole: where it lies, no package can be found.
    ssr: { noExternal: true },
    build: {
      ssr: resolve(import.meta.dirname, source),
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: 'program.mjs' } },
    },
  });
  return join(folder, 'program.mjs');
}
