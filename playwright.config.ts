// Real windows, two files at a time, since most of a test is waiting: "app" runs what is in out/, "packaged" what is in dist/. Both start the app themselves.
import { defineConfig } from '@playwright/test';

const TEST_TIMEOUT_MS = 60_000;
const EXPECT_TIMEOUT_MS = 10_000;

export default defineConfig({
  testMatch: '**/*.spec.ts',
  workers: 2,
  retries: 0,
  timeout: TEST_TIMEOUT_MS,
  expect: { timeout: EXPECT_TIMEOUT_MS },
  use: { trace: 'retain-on-failure' },
  projects: [
    // A directory each: a run empties its own before it starts.
    { name: 'app', testDir: 'tests/e2e', outputDir: 'test-results/app' },
    { name: 'packaged', testDir: 'tests/packaged', outputDir: 'test-results/packaged' },
  ],
});
