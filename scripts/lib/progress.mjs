// Numbered progress lines on one stream: "[2/6] dependencies … ok (0.0 s)". Knows nothing of the steps themselves.

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {(note: (line: string) => void) => Promise<string>} run returns what was done, a few words
 */

/**
 * Runs the steps in order; the first failure ends them.
 * @param {readonly Step[]} steps
 * @param {NodeJS.WritableStream} out
 */
export async function runSteps(steps, out) {
  for (const [index, step] of steps.entries()) {
    const startedAt = performance.now();
    const head = `[${index + 1}/${steps.length}] ${step.name} …`;
    out.write(head);
    let onHeadLine = true;
    const note = (/** @type {string} */ line) => {
      out.write(`${onHeadLine ? '\n' : ''}      ${line}\n`);
      onHeadLine = false;
    };
    /** @param {string} outcome */
    const finish = (outcome) => out.write(`${onHeadLine ? '' : head} ${outcome} (${seconds(startedAt)})\n`);
    try {
      const done = await step.run(note);
      finish(done === 'ready' || done === '' ? 'ok' : `ok: ${done}`);
    } catch (error) {
      finish('failed');
      throw error;
    }
  }
}

/** @param {number} startedAt from performance.now() */
export function seconds(startedAt) {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}
