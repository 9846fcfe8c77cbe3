// One project per folder of tests. Threads are started from the built bundles (TypeScript workers cannot start under
// vitest), so the projects that use them make sure of an up-to-date build first.
import { defineConfig } from 'vitest/config';

const UNIT_TIMEOUT_MS = 5_000;
const SLOW_TIMEOUT_MS = 60_000;
const BUILD_FIRST = ['scripts/lib/vitestBuild.mjs'];

const slow = {
  environment: 'node',
  pool: 'forks',
  testTimeout: SLOW_TIMEOUT_MS,
  hookTimeout: SLOW_TIMEOUT_MS,
} as const;

export default defineConfig({
  test: {
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
          testTimeout: UNIT_TIMEOUT_MS,
        },
      },
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
