// Lends vitest's JSON report the one thing it leaves out: why a test was skipped (the note given to ctx.skip).

export default class SkipReasonReporter {
  /** @param {import('vitest/node').TestCase} test */
  onTestCaseResult(test) {
    const result = test.result();
    if (result.state === 'skipped' && result.note) Object.assign(test.meta(), { skipReason: result.note });
  }
}
