// Known weaknesses of the packages in the lock file, as the registry tells them: those inside the app first. Where the registry answers
// no such question, that is said, and is no all-clear.
import { npmCommand } from './npm.mjs';
import { ROOT } from './paths.mjs';
import { SetupError } from './setupError.mjs';
import { closure, importedPackages, readLock } from './shippedPackages.mjs';
import { capture, lastLines } from './spawn.mjs';

/** Worst first; what is only a tool is looked at from the second on. */
const SEVERITIES = ['critical', 'high', 'moderate', 'low', 'info'];
const WORST_FOR_TOOLS = 2;

/**
 * @typedef {object} Weakness as `npm audit --json` lists it, by name
 * @property {string} name
 * @property {string} severity
 * @property {string} range
 * @property {readonly string[]} nodes places in the lock
 * @property {readonly (string | { readonly title: string, readonly url: string })[]} via
 */

/** @returns {Promise<{ ok: boolean, lines: string[] }>} */
export async function auditDependencies() {
  const npm = npmCommand();
  const finished = await capture(npm.program, [...npm.args, 'audit', '--audit=true', '--json'], { cwd: ROOT });
  const report = parse(finished.stdout);
  if (report?.vulnerabilities === undefined) {
    const why = report?.message ?? lastLines(finished, 3);
    throw new SetupError(`nothing was audited: ${why}`, 'run it where the registry answers audits');
  }
  const shipped = closure(readLock(), importedPackages());
  return judgeAudit(Object.values(report.vulnerabilities), shipped);
}

/**
 * @param {readonly Weakness[]} weaknesses
 * @param {readonly string[]} shipped places of what is inside the app
 * @returns {{ ok: boolean, lines: string[] }} not ok: anything inside the app, or anything grave in a tool
 */
export function judgeAudit(weaknesses, shipped) {
  const inside = new Set(shipped);
  const judged = weaknesses
    .map((weakness) => ({ ...weakness, isInside: weakness.nodes.some((place) => inside.has(place)) }))
    .sort((a, b) => Number(b.isInside) - Number(a.isInside) || rank(a.severity) - rank(b.severity));
  const lines = judged.map(({ name, severity, range, via, isInside }) => {
    const titles = via.map((cause) =>
      typeof cause === 'string' ? `through ${cause}` : `${cause.title} (${cause.url})`,
    );
    return `${isInside ? 'INSIDE THE APP' : 'tool'}  ${severity}  ${name} ${range}: ${titles.join('; ')}`;
  });
  const ok = judged.every(({ isInside, severity }) => !isInside && rank(severity) >= WORST_FOR_TOOLS);
  return { ok, lines: lines.length > 0 ? lines : ['no known weaknesses'] };
}

/** @param {string} severity one that is not known counts as the worst */
function rank(severity) {
  return Math.max(0, SEVERITIES.indexOf(severity));
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
