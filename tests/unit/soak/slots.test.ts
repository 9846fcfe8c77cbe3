// Whether every slot of an endurance run is on record exactly once.
import { describe, expect, it } from 'vitest';
import type { MadeFault } from '../../../bench/soak/alarms';
import { auditSlots, type SlotRecord } from '../../../bench/soak/slots';

const INTERVAL_MS = 15_000;
const KILL: MadeFault = { id: 'kill', fromMs: 600_000, toMs: 605_000 };

function slot(atMs: number, changes: Partial<SlotRecord> = {}): SlotRecord {
  return { collectorId: 'trades', turn: 0, atMs, untilMs: atMs, slots: 1, outcome: 'ok', ...changes };
}

function audit(records: readonly SlotRecord[], faults: readonly MadeFault[] = [], runs = records) {
  return auditSlots(records, runs, faults, INTERVAL_MS);
}

describe('the slots of a soak', () => {
  it('are right when each is on record once, whatever became of it', () => {
    const records = [
      slot(0),
      slot(15_000, { outcome: 'failed' }),
      slot(30_004),
      slot(45_000, { collectorId: 'dexes' }),
    ];
    expect(audit(records)).toEqual({ all: 4, away: 0, missed: 0, unrecorded: 0, twice: 0 });
  });

  it('are missed with a reason while the program was killed, and without one otherwise', () => {
    const gone = { untilMs: 615_000, slots: 2, outcome: 'missed' };
    expect(audit([slot(585_000), slot(600_000, gone), slot(621_000)], [KILL])).toMatchObject({ away: 2, missed: 0 });
    expect(audit([slot(585_000), slot(600_000, gone), slot(621_000)])).toMatchObject({ away: 0, missed: 2 });
  });

  it('are left out when nothing is on record of them, except where a start has moved the grid', () => {
    expect(audit([slot(0), slot(15_000), slot(60_000)])).toMatchObject({ unrecorded: 2 });
    expect(audit([slot(0), slot(21_000)])).toMatchObject({ unrecorded: 0 });
    expect(audit([slot(585_000), slot(630_000)], [KILL])).toMatchObject({ unrecorded: 0 });
  });

  it('are there twice when one speaks for the other, or two runs were made for one', () => {
    const stretch = slot(0, { untilMs: 30_000, slots: 3, outcome: 'missed' });
    expect(audit([stretch, slot(15_000)], [], [])).toMatchObject({ twice: 1 });
    expect(audit([slot(0)], [], [slot(0), slot(0), slot(0, { collectorId: 'dexes' })])).toMatchObject({ twice: 1 });
  });
});
