// Every fault that can be made end to end, each in a real engine of its own in real time: how soon it is found, named, told, and
// called over, and how often it is told. A fault that is missed is in the table as such.
import { API_FAULTS } from '../lib/faults/apiFaults';
import { APP_FAULTS } from '../lib/faults/appFaults';
import { DATABASE_FAULTS } from '../lib/faults/databaseFaults';
import type { Fault } from '../lib/faults/fault';
import { RUN_FAULTS } from '../lib/faults/runFaults';
import { makeFault, type FaultResult } from '../lib/faultLab';
import { quantile } from '../lib/measure';
import type { BenchResult, BenchRun, Gate } from '../lib/run';

/** Engines at once: each waits most of its time, and settles for half a minute before anything is done to it. */
const LANES = 6;
const FAULTS: readonly Fault[] = [...API_FAULTS, ...RUN_FAULTS, ...DATABASE_FAULTS, ...APP_FAULTS];
/** One of each area, for a look. */
const QUICK = ['api-refused', 'run-throws', 'db-lock', 'app-sleep'];
/** A fault that was never found or never over counts as this. */
const NEVER_MS = 1e6;

const GATES: readonly Gate[] = [
  { figure: 'detected p50 s', atMost: 5 },
  { figure: 'detected p99 s', atMost: 20 },
  { figure: 'lock detected s', atMost: 1 },
  { figure: 'recovery noticed p99 s', atMost: 45 },
  { figure: 'faults without exactly one incident', atMost: 0 },
  { figure: 'cause named right %', atLeast: 95 },
];

export async function runDetection(run: BenchRun): Promise<BenchResult> {
  const faults = run.quick ? FAULTS.filter(({ id }) => QUICK.includes(id)) : FAULTS;
  const results: FaultResult[] = [];
  const make = async (fault: Fault): Promise<void> => {
    const result = await makeFault(run, fault);
    results.push(result);
    process.stderr.write(`${lineOf(result)}\n`);
  };
  process.stderr.write(`${HEAD}\n`);
  const queue = faults.filter(({ alone }) => !alone);
  const lane = async (): Promise<void> => {
    for (let fault = queue.shift(); fault; fault = queue.shift()) await make(fault);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  for (const fault of faults.filter(({ alone }) => alone)) await make(fault);
  return { figures: figuresOf(results), gates: GATES, lines: results };
}

function figuresOf(results: readonly FaultResult[]): Record<string, number> {
  const made = results.filter(({ skipped }) => skipped === null);
  const faults = made.filter(({ expects }) => expects !== 'quiet');
  const seconds = (values: readonly (number | null)[], fraction: number): number =>
    quantile(
      values.map((ms) => ms ?? NEVER_MS),
      fraction,
    ) / 1_000;
  const detected = faults.map(({ detectedMs }) => detectedMs);
  const recovered = made.map(({ recoveredMs }) => recoveredMs);
  return {
    'faults made': made.length,
    'faults skipped': results.length - made.length,
    'detected p50 s': seconds(detected, 0.5),
    'detected p99 s': seconds(detected, 0.99),
    'lock detected s': seconds(
      made.filter(({ fault }) => fault === 'db-lock').map(({ detectedMs }) => detectedMs),
      1,
    ),
    'notified p50 s': seconds(
      faults.filter(({ expects }) => expects === 'incident').map(({ notifiedMs }) => notifiedMs),
      0.5,
    ),
    'recovery noticed p99 s': seconds(recovered, 0.99),
    'faults without exactly one incident': made.filter((result) => !hasRightNumber(result)).length,
    'cause named right %': (100 * faults.filter(({ namedMs }) => namedMs !== null).length) / Math.max(1, faults.length),
  };
}

function hasRightNumber({ expects, incidents }: FaultResult): boolean {
  if (expects === 'quiet') return incidents === 0;
  return expects === 'mended' ? incidents <= 1 : incidents === 1;
}

const COLUMNS = ['detected', 'named', 'notified', 'recovered'] as const;
const HEAD = ['fault'.padEnd(54), ...COLUMNS.map((name) => name.padStart(11)), ' incidents notices named'].join('');

function lineOf(result: FaultResult): string {
  const { title, skipped, expects, incidents, heldUp, notices, namedMs, told } = result;
  if (skipped !== null) return `${title.padEnd(54)}skipped: ${skipped}`;
  const { detectedMs, notifiedMs, recoveredMs } = result;
  const cells = [detectedMs, namedMs, notifiedMs, recoveredMs].map((ms) =>
    (ms === null ? '–' : `${(ms / 1_000).toFixed(2)} s`).padStart(11),
  );
  const named = expects === 'quiet' ? 'no fault' : namedMs === null ? 'NO' : 'yes';
  const beside = heldUp > 0 ? `; ${heldUp} of the busy machine beside it` : '';
  const numbers = `${String(incidents).padStart(10)}${String(notices).padStart(8)} ${named}`;
  const words = told === null ? '' : `: ${told.replaceAll('\n', ' – ')}`;
  const right = hasRightNumber(result) ? '' : ` WRONG NUMBER: ${result.titles.join(', ')}`;
  return `${title.padEnd(54)}${cells.join('')}${numbers}${right} (${expects}${beside})${words}`;
}
