// One run of one scenario in a process of its own; prints its result as JSON.
import type { BenchResult, BenchRun } from './lib/run';
import { runExport } from './scenarios/export';
import { runIncident } from './scenarios/incident';
import { runKill } from './scenarios/kill';
import { runRecover } from './scenarios/recover';
import { runSoak } from './scenarios/soak';
import { runWorker } from './scenarios/worker';

const SCENARIOS: Readonly<Record<string, (run: BenchRun) => Promise<BenchResult>>> = {
  worker: runWorker,
  export: runExport,
  incident: runIncident,
  kill: runKill,
  recover: runRecover,
  soak: runSoak,
};

const run = JSON.parse(process.argv[2] ?? '{}') as BenchRun;
const scenario = SCENARIOS[run.scenario];
if (!scenario) throw new Error(`no scenario ${run.scenario}`);
process.stdout.write(JSON.stringify(await scenario(run)));
