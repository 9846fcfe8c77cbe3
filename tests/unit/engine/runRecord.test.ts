import { describe, expect, it } from 'vitest';
import { recordSlot } from '../../../src/main/engine/runRecord';
import type { SlotEvent } from '../../../src/main/scheduling/scheduler';
import type { Store } from '../../../src/main/storage/store';
import { TABLE_COLUMNS, type TableRows } from '../../../src/shared/contract/tables';
import type { RunReport } from '../../../src/shared/domain/collector';
import { fakeRun } from '../renderer/support/fakeSnapshot';

function rowOf(run: RunReport): Readonly<Record<string, unknown>> {
  const written: TableRows[] = [];
  const monitor = {
    write: ({ parts }: { readonly parts: readonly TableRows[] }) => {
      written.push(...parts);
      return Promise.resolve();
    },
  } as unknown as Store;
  const place = { slotAtMs: run.slotAtMs, turn: 0, slots: 1, untilMs: null };
  const slot: SlotEvent = {
    ...place,
    collectorId: run.collectorId,
    outcome: run.outcome,
    run,
    streak: 1,
    detail: null,
  };
  recordSlot(monitor, slot, () => undefined);
  const [row = []] = written.find(({ table }) => table === 'runs')?.rows ?? [];
  return Object.fromEntries(TABLE_COLUMNS.runs.map((column, index) => [column, row[index]]));
}

describe('the record of a run', () => {
  it('keeps the beginning of what the source answered beside the error', () => {
    const error = { class: 'server', message: 'It said 503.', excerpt: '<html>503</html>' } as const;
    const row = rowOf(fakeRun('dexes', 1_000, { outcome: 'failed', error }));
    expect(row).toMatchObject({ errorClass: 'server', errorMessage: 'It said 503.' });
    expect(JSON.parse(String(row['quality']))).toEqual({ rejected: [], excerpt: '<html>503</html>' });
  });

  it('says nothing beside its columns where there is nothing to say', () => {
    expect(rowOf(fakeRun('dexes', 1_000))['quality']).toBeNull();
  });
});
