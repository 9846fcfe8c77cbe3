// Real windows: "app" and "pages" run what is in out/, "packaged" what is in dist/. All start the app themselves.
import { defineConfig } from '@playwright/test';

/** Far above what any test and any start takes on its own: beside others, and on a busy machine, they take several times as long. */
const TEST_TIMEOUT_MS = 150_000;
const EXPECT_TIMEOUT_MS = 10_000;

/** What a hostile page may not do, it may not do in the program that people get: it is tried there, and only there. */
const HOSTILE = '**/e2e/hostilePage.spec.ts';

/** Nothing in these depends on how long it takes: they may run beside each other. */
const PAGES = ['walk', 'alerts', 'collecting', 'database', 'export', 'keyboard', 'refusedStart'].map(
  (name) => `**/e2e/${name}.spec.ts`,
);

export default defineConfig({
  testMatch: '**/*.spec.ts',
  // One at a time: some promise what a person feels within milliseconds, and a second window beside would be measured, too. The
  // stage of "pages" asks for more.
  workers: 1,
  retries: 0,
  timeout: TEST_TIMEOUT_MS,
  expect: { timeout: EXPECT_TIMEOUT_MS },
  use: { trace: 'retain-on-failure' },
  projects: [
    // A directory each: a run empties its own before it starts.
    { name: 'app', testDir: 'tests/e2e', testIgnore: [HOSTILE, ...PAGES], outputDir: 'test-results/app' },
    { name: 'pages', testDir: 'tests/e2e', testMatch: PAGES, outputDir: 'test-results/pages' },
    {
      name: 'packaged',
      testDir: 'tests',
      testMatch: ['packaged/*.spec.ts', HOSTILE],
      outputDir: 'test-results/packaged',
    },
  ],
});
