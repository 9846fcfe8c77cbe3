// One project per folder of tests. Threads are started from the built bundles (TypeScript workers cannot start under
// vitest), so the projects that use them make sure of an up-to-date build first.
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// Far above what any takes on its own: beside others, and on a busy machine, a test takes several times as long.
const UNIT_TIMEOUT_MS = 20_000;
/** The whole window is drawn in each. */
const DOM_TIMEOUT_MS = 60_000;
const SLOW_TIMEOUT_MS = 180_000;
/** Files at once. Even on two cores: half of a slow test's time goes into waiting, for disks, timers and other processes. */
const WORKERS = Math.max(2, availableParallelism() - 1);
const BUILD_FIRST = ['scripts/lib/vitestBuild.mjs'];

/** What happy-dom cannot do, said again by every menu: it lays nothing out. */
const NOT_IN_HAPPY_DOM = ['[@mantine/hooks/use-focus-trap] Failed to find focusable'];

const slow = {
  environment: 'node',
  pool: 'forks',
  testTimeout: SLOW_TIMEOUT_MS,
  hookTimeout: SLOW_TIMEOUT_MS,
} as const;

export default defineConfig({
  test: {
    maxWorkers: WORKERS,
    onConsoleLog: (log) => !NOT_IN_HAPPY_DOM.some((start) => log.startsWith(start)),
    // The layering fixture and Playwright's specs are nobody's vitest tests.
    exclude: ['tests/fixtures/**', 'node_modules/**'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['tests/unit/**/*.test.{ts,mjs}'],
          testTimeout: UNIT_TIMEOUT_MS,
        },
      },
      {
        extends: true,
        // Node would take its `main`, a browser script that looks for a global Chart.
        resolve: {
          alias: { 'chartjs-chart-financial': 'chartjs-chart-financial/dist/chartjs-chart-financial.esm.js' },
        },
        test: {
          name: 'dom',
          environment: 'happy-dom',
          include: ['tests/unit/**/*.test.tsx'],
          testTimeout: DOM_TIMEOUT_MS,
        },
      },
      { extends: true, test: { ...slow, name: 'packages', include: ['tests/packages/**/*.test.ts'] } },
      { extends: true, test: { ...slow, name: 'contract', include: ['tests/contract/**/*.test.ts'] } },
      {
        extends: true,
        test: { ...slow, name: 'storage', include: ['tests/storage/**/*.test.ts'], globalSetup: BUILD_FIRST },
      },
      {
        extends: true,
        test: { ...slow, name: 'integration', include: ['tests/integration/**/*.test.ts'], globalSetup: BUILD_FIRST },
      },
    ],
  },
});
