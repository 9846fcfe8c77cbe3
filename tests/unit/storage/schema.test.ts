import { describe, expect, it } from 'vitest';
import type { Migration } from '../../../src/main/storage/worker/migrations/migration';
import { inOrder, SCHEMAS } from '../../../src/main/storage/worker/schema';

const step = (version: number): Migration => ({ version, up: () => {} });

describe('migrations', () => {
  it('must ascend in steps of ten', () => {
    expect(() => inOrder([step(10), step(20), step(40)])).not.toThrow();
    expect(() => inOrder([step(20), step(10)])).toThrow(/10 does not follow 20/);
    expect(() => inOrder([step(10), step(10)])).toThrow(/10 does not follow 10/);
    expect(() => inOrder([step(15)])).toThrow(/15 does not follow 0/);
  });

  it('mark the two databases with different application ids', () => {
    expect(SCHEMAS.market.applicationId).not.toBe(SCHEMAS.monitor.applicationId);
  });
});
