import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultDocument } from './table/document';
import { FAULT_MATRIX } from './table/table';

const TESTS = resolve(import.meta.dirname, '../..');
const DOCUMENT = resolve(TESTS, '../docs/faults.md');
const ROWS = 44;
const faults = FAULT_MATRIX.flatMap((subject) => subject.faults);
const provedElsewhere = faults.flatMap(({ row, proof }) => (proof.by === 'test' ? { row, proof } : []));
const notRun = faults.flatMap(({ row, proof }) => (proof.by === 'nothing' ? { row, proof } : []));

describe('the fault matrix', () => {
  it('has every row once', () => {
    const rows = faults.map(({ row }) => row);
    expect(new Set(rows).size).toBe(rows.length);
    const numbers = new Set(rows.map((row) => /^\d+/.exec(row)?.[0]));
    expect(Array.from({ length: ROWS }, (_, n) => `${n + 1}`).filter((row) => !numbers.has(row))).toEqual([]);
  });

  it.for(provedElsewhere)('row $row is proved elsewhere', ({ proof }) => {
    expect(readFileSync(resolve(TESTS, proof.file), 'utf8')).toContain(proof.title);
  });

  it.for(notRun)('row $row cannot be run', ({ proof }, { skip }) => skip(true, proof.because));

  it('is what docs/faults.md says (vitest --update writes it anew)', async () => {
    await expect(faultDocument()).toMatchFileSnapshot(DOCUMENT);
  });
});
