// What a program takes with all the processes it has started: memory and processor time, from Linux's /proc.
import { readdirSync, readFileSync } from 'node:fs';

/** The kernel's USER_HZ, which is 100 on every Linux that Electron runs on. */
const TICKS_PER_SECOND = 100;

export interface Footprint {
  readonly processes: number;
  /** Resident: pages that several processes share count for each of them. */
  readonly rssMb: number;
  /** Proportional: a shared page counts once, divided among those who share it. */
  readonly pssMb: number;
}

export function footprintOf(root: number): Footprint {
  const pids = treeOf(root);
  const sum = (field: string): number =>
    pids.reduce((total, pid) => total + kilobytes(`/proc/${pid}/smaps_rollup`, field), 0) / 1_024;
  return { processes: pids.length, rssMb: sum('Rss'), pssMb: sum('Pss') };
}

/** Seconds of processor time so far, with that of processes that have come and gone. */
export function cpuSecondsOf(root: number): number {
  const ticks = treeOf(root).reduce((total, pid) => {
    // After the name: state, ppid, …; user and system time of its own and of its ended children are fields 14 to 17 of the line.
    const fields = statOf(pid);
    return total + fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  }, 0);
  return ticks / TICKS_PER_SECOND;
}

function treeOf(root: number): readonly number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), Number(statOf(Number(name))[1])]),
  );
  const tree = [root];
  for (const pid of tree) tree.push(...[...parents].filter(([, parent]) => parent === pid).map(([child]) => child));
  return tree;
}

/** From the state on; empty for a process that has just ended. */
function statOf(pid: number): readonly string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

function kilobytes(file: string, field: string): number {
  try {
    return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(file, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
