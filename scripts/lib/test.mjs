// "npm test": all stages, or the named ones with what they need. Prints a line per stage, then failures and the reasons
// of skipped tests; the last line is "N passed, N failed, N skipped".
import { withDisplay } from './launch.mjs';
import { seconds } from './progress.mjs';
import { setUp } from './setup.mjs';
import { SetupError } from './setupError.mjs';
import { emptyTally, lastLine, skippedStage, sumTallies } from './tally.mjs';

const EXIT_INTERRUPTED = 130;
const FAILURE_LINES = 40;

/**
 * @param {readonly string[]} args stage names, then filters for their runner
 * @param {(line: string) => void} say
 * @returns {Promise<number>} exit code
 */
export async function runTests(args, say) {
  const startedAt = performance.now();
  const wantsAll = args.length === 0;
  const abort = new AbortController();
  const interrupt = () => abort.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, interrupt);
  let total = emptyTally();
  try {
    const runtime = await setUp({ window: true, virtualDisplay: true, addon: true }, process.stdout);
    // Loaded only now: the stages import what set-up has just installed.
    const { STAGES } = await import('./testStages.mjs');
    const { names, filters } = splitArguments(
      args,
      STAGES.map((stage) => stage.name),
    );
    const wanted = STAGES.filter((stage) =>
      wantsAll ? !stage.onDemand : names.has(stage.name) || isNeeded(stage.name, names, STAGES),
    );
    const run = async (/** @type {NodeJS.ProcessEnv} */ env) => {
      total = await runStages(wanted, { say, filters, env, signal: abort.signal, runtime });
      return 0;
    };
    // Tests never open windows on somebody's screen.
    if (wanted.some((stage) => stage.window)) await withDisplay({ always: true, say: () => {} }, run);
    else await run(process.env);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    const hint = error.hint ? `\n  hint: ${error.hint}` : '';
    total = { ...total, failed: total.failed + 1, failures: [...total.failures, `set-up\n${error.message}${hint}`] };
  }
  printDetails(total, say);
  say(`\nall in ${seconds(startedAt)}`);
  say(lastLine(total));
  if (abort.signal.aborted) return EXIT_INTERRUPTED;
  return total.failed > 0 ? 1 : 0;
}

/**
 * @param {readonly import('./testStages.mjs').Stage[]} stages
 * @param {import('./testStages.mjs').StageContext} context
 */
async function runStages(stages, context) {
  const results = new Map();
  for (const stage of stages) {
    if (context.signal.aborted) break;
    const startedAt = performance.now();
    context.say(`${stage.name} …`);
    const broken = stage.needs.find((need) => results.get(need)?.failed > 0);
    const tally = broken ? skippedStage(stage.name, `${broken} failed`) : await stage.run(context);
    results.set(stage.name, tally);
    context.say(`${stage.name}: ${lastLine(tally)} (${seconds(startedAt)})`);
  }
  return sumTallies([...results.values()]);
}

/**
 * Leading words that name stages are stages; everything after them goes to the runner.
 * @param {readonly string[]} args
 * @param {readonly string[]} known
 */
export function splitArguments(args, known) {
  const rest = [...args];
  const names = new Set();
  while (rest[0] !== undefined && known.includes(rest[0])) names.add(rest.shift());
  if (rest[0] === '--') rest.shift();
  if (args.length > 0 && names.size === 0) {
    throw new SetupError(`there is no stage "${args[0]}"`, `use one or more of: ${known.join(', ')}`);
  }
  return { names, filters: rest };
}

/**
 * @param {string} name
 * @param {ReadonlySet<string>} wanted
 * @param {readonly { name: string, needs: readonly string[] }[]} stages
 */
function isNeeded(name, wanted, stages) {
  return stages.some((stage) => wanted.has(stage.name) && stage.needs.includes(name));
}

/** @param {import('./tally.mjs').Tally} total @param {(line: string) => void} say */
function printDetails(total, say) {
  if (total.skips.length > 0) say(['', 'Skipped:', ...total.skips.map((skip) => `  ${skip}`)].join('\n'));
  if (total.failures.length > 0) say('\nFailed:');
  for (const failure of total.failures) {
    const lines = failure.split('\n').slice(0, FAILURE_LINES);
    say(`\n  ${lines.join('\n    ')}`);
  }
}
