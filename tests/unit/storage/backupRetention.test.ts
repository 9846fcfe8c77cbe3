import { describe, expect, it } from 'vitest';
import { expendableBackups } from '../../../src/main/storage/recovery/backupRetention';

const DAY = 24 * 3_600_000;
const NOW = Date.UTC(2026, 5, 30, 12);

describe('expendableBackups', () => {
  it('keeps seven daily and four weekly backups of a year of them', () => {
    const all = Array.from({ length: 365 }, (_, day) => NOW - day * DAY);
    const gone = new Set(expendableBackups(all));
    const kept = all.filter((ms) => !gone.has(ms));
    expect(kept.slice(0, 7)).toEqual(all.slice(0, 7));
    expect(kept.length).toBeGreaterThanOrEqual(9);
    expect(kept.length).toBeLessThanOrEqual(11);
    expect(NOW - (kept.at(-1) ?? 0)).toBeGreaterThanOrEqual(14 * DAY);
  });

  it('keeps the newest of a day on which several were made', () => {
    expect(expendableBackups([NOW, NOW - 1_000, NOW - 2_000])).toEqual([NOW - 1_000, NOW - 2_000]);
  });

  it('never lets the only one go, however old', () => {
    expect(expendableBackups([0])).toEqual([]);
  });
});
