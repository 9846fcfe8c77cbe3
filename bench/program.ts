// One run of one scenario in a process of its own; prints its result as JSON.
import type { BenchResult, BenchRun } from './lib/run';
import { runIncident } from './scenarios/incident';
import { runKill } from './scenarios/kill';
import { runRecover } from './scenarios/recover';
import { runScheduler } from './scenarios/scheduler';
import { runSoak } from './scenarios/soak';
import { runWorker } from './scenarios/worker';

const SCENARIOS: Readonly<Record<string, (run: BenchRun) => Promise<BenchResult>>> = {
  worker: runWorker,
  incident: runIncident,
  kill: runKill,
  recover: runRecover,
  scheduler: runScheduler,
  soak: runSoak,
};

const run = JSON.parse(process.argv[2] ?? '{}') as BenchRun;
const scenario = SCENARIOS[run.scenario];
if (!scenario) throw new Error(`no scenario ${run.scenario}`);
process.stdout.write(JSON.stringify(await scenario(run)));
