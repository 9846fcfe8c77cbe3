// What a fault of the fault lab is: how it is made and ended, and what the program ought to make of it. Shapes and small tools only.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Fault as ApiFault } from '../../../src/main/demo/server/faults';
import type { FaultBench } from '../faultBench';

export const AREAS = ['api', 'run', 'database', 'app'] as const;

/**
 * `incident`: exactly one, with its cause. `mended`: by the program itself before anybody has to be told; at most one incident, and
 * the record of the database names the cause. `shown`: what is usual is shown at once, and told only when it goes on. `quiet`: no
 * fault, and never an incident.
 */
export type Expectation = 'incident' | 'mended' | 'shown' | 'quiet';

export interface Fault {
  readonly id: string;
  readonly area: (typeof AREAS)[number];
  readonly title: string;
  readonly expects: Expectation;
  /** In title, cause or record, this names the cause. */
  readonly names: RegExp;
  readonly intervalMs?: number;
  /** By the name of a machine, and not by its address: names and networks can fail then. */
  readonly byName?: boolean;
  /** On a small disk of its own. */
  readonly onSmallDisk?: boolean;
  /** Holds up the whole process: nothing else runs meanwhile. */
  readonly alone?: boolean;
  /** What shows it before, or without, an incident. */
  readonly shows?: (bench: FaultBench) => boolean;
  /** What has to be there before the fault is made. */
  readonly prepare?: (bench: FaultBench) => Promise<void>;
  /** Resolves once it is there; the function that it gives ends it, and does nothing where it ends by itself. */
  readonly make: (bench: FaultBench) => Promise<() => void | Promise<void>> | (() => void | Promise<void>);
}

export const everyCall = (kind: ApiFault['kind'], match = '', delayMs = 600_000): ApiFault => ({
  match,
  kind,
  times: null,
  delayMs,
});

const run = promisify(execFile);

/** The program of the fault matrix that does things to a database's files, in a process of its own. */
export async function tamper(root: string, command: string, file: string, ...rest: readonly string[]): Promise<void> {
  const program = join(root, 'tests', 'storage', 'faultMatrix', 'support', 'tamperer.mjs');
  await run(process.execPath, [program, command, file, ...rest]);
}

export async function system(program: string, ...args: readonly string[]): Promise<void> {
  await run(program, args);
}
