// Runs every drill of one subject, and makes sure that table and injectors know the same faults.
import { describe, expect, it } from 'vitest';
import type { Action, Fault } from '../table/fault';
import { type Drill, runDrill } from './drill';

const ANSWERS: Readonly<Record<Action, string>> = {
  none: 'the store goes on',
  warns: 'the store goes on and warns',
  spools: 'the store spools until it is over',
  volatile: 'the store says that rows are only in memory',
  rescues: 'the store puts its files back',
  replaces: 'the store replaces the file and brings over what can be read',
  read_only: 'the store only reads',
  refuses: 'the store refuses the file',
  restarts: 'the next start finds everything',
};

export interface ConditionalDrill extends Drill {
  /** Why it cannot be made on this machine, or null. */
  readonly obstacle?: string | null;
}

export function drillAll(
  subject: string,
  faults: readonly Fault[],
  drills: Readonly<Record<string, ConditionalDrill>>,
): void {
  const drilled = faults.filter(({ proof }) => proof.by === 'drill');
  describe(`when it comes to ${subject}`, () => {
    it('every fault of the table has its injector', () => {
      expect(Object.keys(drills).sort()).toEqual(drilled.map(({ row }) => row).sort());
    });
    for (const fault of drilled) {
      it(`row ${fault.row}: ${fault.fault}: ${ANSWERS[fault.action]}, lost: ${fault.lost}`, async ({ skip }) => {
        const drill = drills[fault.row];
        if (!drill) throw new Error(`no injector for ${fault.row}`);
        skip((drill.obstacle ?? null) !== null, drill.obstacle ?? '');
        await runDrill(fault, drill);
      });
    }
  });
}
