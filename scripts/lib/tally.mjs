// Adds up what the runners report. Pure: reads the JSON of vitest and Playwright, knows nothing of processes.

/**
 * @typedef {object} Tally
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} failures one readable block each
 * @property {string[]} skips "name: reason"
 */

/** @returns {Tally} */
export function emptyTally() {
  return { passed: 0, failed: 0, skipped: 0, failures: [], skips: [] };
}

/** @param {readonly Tally[]} tallies @returns {Tally} */
export function sumTallies(tallies) {
  const total = emptyTally();
  for (const tally of tallies) {
    total.passed += tally.passed;
    total.failed += tally.failed;
    total.skipped += tally.skipped;
    total.failures.push(...tally.failures);
    total.skips.push(...tally.skips);
  }
  return total;
}

/** @param {Tally} tally */
export function lastLine(tally) {
  return `${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`;
}

/**
 * A stage that ended badly without any failed test still failed: it counts as one.
 * @param {Tally} tally
 * @param {number} exitCode
 * @param {string} why
 * @returns {Tally}
 */
export function withExitCode(tally, exitCode, why) {
  if (exitCode === 0 || tally.failed > 0) return tally;
  return { ...tally, failed: 1, failures: [...tally.failures, why] };
}

/** @param {string} name @param {string} reason @returns {Tally} */
export function skippedStage(name, reason) {
  return { ...emptyTally(), skipped: 1, skips: [`${name}: ${reason}`] };
}

/** @param {readonly import('./check.mjs').CheckResult[]} checks @returns {Tally} */
export function tallyChecks(checks) {
  const tally = emptyTally();
  for (const { name, problem, skipped } of checks) {
    if (problem !== undefined) {
      tally.failed += 1;
      tally.failures.push(`check ${name}\n${problem}`);
    } else if (skipped !== undefined) {
      tally.skipped += 1;
      tally.skips.push(`check ${name}: ${skipped}`);
    } else tally.passed += 1;
  }
  return tally;
}

/**
 * @typedef {object} VitestReport
 * @property {{ name: string, message: string, status: string, assertionResults: VitestTest[] }[]} testResults
 */
/**
 * @typedef {object} VitestTest
 * @property {string} fullName
 * @property {string} status
 * @property {string[]} failureMessages
 * @property {{ skipReason?: string }} [meta] the reason is put in by skipReasonReporter.mjs
 */

/**
 * @param {VitestReport} report
 * @param {(file: string) => string} shorten
 * @returns {Tally}
 */
export function tallyVitest(report, shorten) {
  const tally = emptyTally();
  for (const file of report.testResults) {
    const name = shorten(file.name);
    for (const test of file.assertionResults) {
      const title = `${name} > ${test.fullName}`;
      if (test.status === 'passed') tally.passed += 1;
      else if (test.status === 'failed') {
        tally.failed += 1;
        tally.failures.push([title, ...test.failureMessages].join('\n'));
      } else {
        tally.skipped += 1;
        tally.skips.push(`${title}: ${test.meta?.skipReason ?? 'no reason given'}`);
      }
    }
    // A file that could not even be loaded has no tests to count.
    if (file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')) {
      tally.failed += 1;
      tally.failures.push([name, file.message].join('\n'));
    }
  }
  return tally;
}

/**
 * @typedef {object} PlaywrightSuite
 * @property {PlaywrightSuite[]} [suites]
 * @property {{ title: string, file: string, line: number, tests: PlaywrightTest[] }[]} [specs]
 */
/**
 * @typedef {object} PlaywrightTest
 * @property {'expected' | 'unexpected' | 'flaky' | 'skipped'} status
 * @property {{ type: string, description?: string }[]} annotations
 * @property {{ errors: { message?: string }[], workerIndex?: number }[]} results
 */

const NEVER_RAN = 'not run, because an earlier test of its group failed';

/** @param {PlaywrightTest} test */
function neverRan(test) {
  return test.results.every((result) => result.workerIndex === -1);
}

/**
 * @param {{ suites: PlaywrightSuite[], errors: { message?: string }[] }} report
 * @returns {Tally}
 */
export function tallyPlaywright(report) {
  const tally = emptyTally();
  /** @param {PlaywrightSuite} suite */
  const visit = (suite) => {
    for (const spec of suite.specs ?? []) for (const test of spec.tests) count(spec, test);
    for (const inner of suite.suites ?? []) visit(inner);
  };
  /** @param {{ title: string, file: string, line: number }} spec @param {PlaywrightTest} test */
  const count = (spec, test) => {
    const title = `${spec.file}:${spec.line} > ${spec.title}`;
    if (test.status === 'expected') tally.passed += 1;
    else if (test.status === 'skipped') {
      const reason = test.annotations.find((note) => note.type === 'skip' || note.type === 'fixme')?.description;
      tally.skipped += 1;
      tally.skips.push(`${title}: ${reason ?? (neverRan(test) ? NEVER_RAN : 'no reason given')}`);
    } else {
      // There are no retries, so "flaky" cannot be told from failed and is not forgiven.
      tally.failed += 1;
      const messages = test.results.flatMap((result) => result.errors.map((error) => error.message ?? ''));
      tally.failures.push([title, ...messages].join('\n'));
    }
  };
  for (const suite of report.suites) visit(suite);
  // Errors outside of tests: a spec file that does not load, a set-up that throws.
  for (const error of report.errors) {
    tally.failed += 1;
    tally.failures.push(error.message ?? 'Playwright reported an error without a message');
  }
  return tally;
}
