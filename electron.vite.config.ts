// Three builds from one source tree. Targets are pinned to the oldest runtime we support (Electron 33: Node 20.18,
// Chromium 130); left alone, electron-vite would derive them from the newer electron package that we ship.
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

const NODE_TARGET = 'node20.18';
const CHROMIUM_TARGET = 'chrome130';

const source = (path: string): string => resolve(import.meta.dirname, 'src', path);

/**
 * The log's rotation requires a library of hundreds of functions and calls five. What is required is bundled and evaluated whole, at
 * each start, before the log is open.
 */
const fewDateFunctions: Plugin = {
  name: 'few-date-functions',
  enforce: 'pre',
  resolveId: (id, importer) => (id === 'date-fns' && importer?.includes('pino-roll') ? '\0few-date-functions' : null),
  load: (id) =>
    id === '\0few-date-functions'
      ? ['addDays', 'addHours', 'format', 'isValid', 'parse']
          .map((name) => `export * from 'date-fns/${name}';`)
          .join('\n')
      : null,
};

export default defineConfig({
  main: {
    plugins: [fewDateFunctions],
    build: {
      target: NODE_TARGET,
      sourcemap: true,
      // Stable names: threads are started by file name, in development, in tests and inside the asar alike.
      rolldownOptions: {
        input: {
          index: source('main/index.ts'),
          cli: source('main/cli/main.ts'),
          storageWriter: source('main/storage/worker/writer.ts'),
          storageReader: source('main/storage/worker/reader.ts'),
          exporter: source('main/export/thread/exporter.ts'),
          importer: source('main/import/thread/importer.ts'),
          demoMarket: source('main/demo/worker.ts'),
          lockHolder: source('main/demo/outage/lockHolder.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: NODE_TARGET,
      externalizeDeps: false,
      // A sandboxed preload must be one CommonJS file.
      rolldownOptions: {
        input: { index: source('preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: source('renderer'),
    plugins: [react()],
    build: {
      target: CHROMIUM_TARGET,
      minify: true,
      // One style sheet in one order, whichever page is read first.
      cssCodeSplit: false,
      rolldownOptions: { input: { index: source('renderer/index.html') } },
    },
  },
});
