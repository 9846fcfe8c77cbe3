// Starts the program of the guided outage: a process of its own, which the packaged app may start without being Node itself, and
// which ends with this one.
import { utilityProcess } from 'electron';
import type { LockingProgram } from '../engine/application';

/** @param programFile the built lock holder */
export function startLockingProgram(programFile: string, databaseFile: string, forMs: number): LockingProgram {
  const child = utilityProcess.fork(programFile, [databaseFile, String(forMs)], {
    serviceName: 'Poolwatch demo outage',
    stdio: 'ignore',
  });
  return {
    ended: new Promise((resolve) => child.once('exit', resolve)),
    end: () => void child.kill(),
  };
}
