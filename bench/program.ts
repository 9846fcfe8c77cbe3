// One run of one scenario in a process of its own; prints its result as JSON.
import type { BenchResult, BenchRun } from './lib/run';
import { runDetection } from './scenarios/detection';
import { runExport } from './scenarios/export';
import { runHeap } from './scenarios/heap';
import { runHidden } from './scenarios/hidden';
import { runBackup } from './scenarios/backup';
import { runCheckpoint } from './scenarios/checkpoint';
import { runIncident } from './scenarios/incident';
import { runKill } from './scenarios/kill';
import { runLockWait } from './scenarios/lockwait';
import { runRecover } from './scenarios/recover';
import { runSamples } from './scenarios/samples';
import { runScheduler } from './scenarios/scheduler';
import { runSoak } from './scenarios/soak';
import { runStorm } from './scenarios/storm';
import { runSpool } from './scenarios/spool';
import { runStart } from './scenarios/start';
import { runTransport } from './scenarios/transport';
import { runUi } from './scenarios/ui';
import { runWorker } from './scenarios/worker';

const SCENARIOS: Readonly<Record<string, (run: BenchRun) => Promise<BenchResult>>> = {
  worker: runWorker,
  export: runExport,
  transport: runTransport,
  lockwait: runLockWait,
  incident: runIncident,
  spool: runSpool,
  backup: runBackup,
  checkpoint: runCheckpoint,
  kill: runKill,
  recover: runRecover,
  scheduler: runScheduler,
  samples: runSamples,
  detection: runDetection,
  storm: runStorm,
  soak: runSoak,
  ui: runUi,
  start: runStart,
  hidden: runHidden,
  heap: runHeap,
};

const run = JSON.parse(process.argv[2] ?? '{}') as BenchRun;
const scenario = SCENARIOS[run.scenario];
if (!scenario) throw new Error(`no scenario ${run.scenario}`);
process.stdout.write(JSON.stringify(await scenario(run)));
