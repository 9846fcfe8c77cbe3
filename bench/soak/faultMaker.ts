// Makes the faults of the plan happen to a running program, and takes them back.
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MarketServer } from '../../src/main/demo/httpServer';
import { holdLock } from '../lib/holder';
import { wait } from '../lib/measure';
import type { PackagedApp } from './packagedApp';
import type { MadeFault } from './alarms';
import type { FaultId, PlannedFault } from './plan';

/** What is left when the disk is "full": less than SQLite takes for a commit. */
const LEFT_BYTES = 64 * 1_024;
const BLOCK_BYTES = 1_024 * 1_024;

export interface Patient {
  readonly root: string;
  readonly rootDir: string;
  readonly profileDir: string;
  readonly market: MarketServer;
  app(): PackagedApp;
  restart(): Promise<void>;
}

/** The fault, and the one within it. Resolves when both are over. */
export async function makeFaults({ id, lastsMs, lock }: PlannedFault, patient: Patient): Promise<readonly MadeFault[]> {
  const within = lock ? wait(lock.afterMs).then(() => timed('lock', lock.lastsMs, patient)) : null;
  const made = await timed(id, lastsMs, patient);
  return within ? [made, await within] : [made];
}

async function timed(id: FaultId, lastsMs: number, patient: Patient): Promise<MadeFault> {
  const fromMs = Date.now();
  await makeFault(id, lastsMs, patient);
  return { id, fromMs, toMs: Date.now() };
}

async function makeFault(id: FaultId, lastsMs: number, patient: Patient): Promise<void> {
  const { market } = patient;
  switch (id) {
    case 'lock':
      await holdLock(patient.root, join(patient.profileDir, 'market.db'), lastsMs);
      return;
    case 'api-500':
    case 'api-429':
    case 'api-hang':
    case 'api-garbage':
      market.inject({ match: '', kind: KINDS[id], times: null, delayMs: 600_000 });
      await wait(lastsMs);
      market.clearFaults();
      return;
    case 'kill':
      await patient.app().kill();
      await wait(lastsMs);
      await patient.restart();
      return;
    case 'sleep':
      patient.app().signal('SIGSTOP');
      await wait(lastsMs);
      patient.app().signal('SIGCONT');
      return;
    case 'disk-full':
      await withFullDisk(patient.rootDir, lastsMs);
  }
}

const KINDS = { 'api-500': '500', 'api-429': '429', 'api-hang': 'slow', 'api-garbage': 'garbage' } as const;

async function withFullDisk(folder: string, lastsMs: number): Promise<void> {
  const filler = join(folder, 'filler');
  try {
    for (const end = Date.now() + lastsMs; Date.now() < end; await wait(500)) {
      const { bavail, bsize } = statfsSync(folder);
      const bytes = bavail * bsize - LEFT_BYTES;
      // What the program writes and frees meanwhile is taken, too.
      if (bytes > 0) writeFileSync(filler, Buffer.alloc(Math.min(bytes, 512 * BLOCK_BYTES)), { flag: 'a' });
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    await wait(lastsMs);
  } finally {
    rmSync(filler, { force: true });
  }
}
