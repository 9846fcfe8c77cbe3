import { describe, expect, it } from 'vitest';
import type { DatabaseStatus, OperationRecord } from '../../../src/shared/domain/database';
import type { StoreHealth } from '../../../src/main/storage/store';
import { DatabaseRecord } from '../../../src/main/monitoring/sensors/databaseRecord';
import { databaseReadings } from '../../../src/main/monitoring/sensors/databaseSensor';
import { daysLeft, type RoomSample } from '../../../src/main/monitoring/sensors/roomTrend';
import { fakeDatabase } from '../renderer/support/fakeSnapshot';
import { at, detailOf, valueOf, WALL_MS } from './support/look';

const HOUR_MS = 3_600_000;
const HEALTH: StoreHealth = {
  walPinnedForMs: 0,
  checkpointFailures: 0,
  newestBackupAtMs: null,
  readLatency: { count: 0, p50Ms: 0, p95Ms: 0, maxMs: 0 },
};
const HOLDER = {
  pid: 4711,
  program: 'python3',
  command: 'python3 x.py',
  sinceMs: WALL_MS,
  certainty: 'exact',
} as const;
const BREAKER = {
  state: 'open',
  sinceMs: WALL_MS,
  reason: 'environment',
  failedProbes: 1,
  nextProbeAtMs: null,
} as const;

class Watched {
  readonly record: DatabaseRecord;
  status: DatabaseStatus;
  health = HEALTH;
  operations: readonly OperationRecord[] = [];

  constructor(change: Partial<DatabaseStatus> = {}) {
    this.status = fakeDatabase('market', WALL_MS, change);
    this.record = new DatabaseRecord(this.status, at(0));
  }

  look(atMs: number, change: Partial<DatabaseStatus> = {}) {
    this.status = { ...this.status, ...change };
    this.record.look(this.status, at(atMs));
    const { status, health, operations } = this;
    return databaseReadings({ status, health, operations }, this.record, at(atMs), WALL_MS);
  }
}

const operation = (kind: OperationRecord['kind'], outcome: OperationRecord['outcome']): OperationRecord => ({
  atMs: WALL_MS,
  kind,
  outcome,
  durationMs: 1,
  detail: `${kind} ${outcome}`,
  holder: null,
  report: null,
});

describe('the sensor of a database', () => {
  it('tells for how long another program has held the lock, and which', () => {
    const watched = new Watched();
    expect(valueOf(watched.look(0), 'database.lockedFor')).toBe(0);
    const locked = watched.look(900, { lockedSinceMs: WALL_MS, holder: HOLDER });
    expect(valueOf(locked, 'database.lockedFor')).toBe(900);
    expect(detailOf(locked, 'database.lockedFor')).toBe('market.db is locked by python3 (process 4711).');
    const unsure = watched.look(950, { holder: { ...HOLDER, certainty: 'has_file_open' } });
    expect(detailOf(unsure, 'database.lockedFor')).toContain('perhaps');
    expect(detailOf(watched.look(950, { holder: null }), 'database.lockedFor')).toBe(
      'market.db is locked by another program.',
    );
  });

  it('takes neither a step of the clock nor a sleep for a long lock', () => {
    const watched = new Watched();
    watched.look(0, { lockedSinceMs: WALL_MS });
    const stepped = { wallMs: WALL_MS + 3_600_000, monotonicMs: at(40).monotonicMs };
    watched.record.look(watched.status, stepped);
    const { status, health, operations } = watched;
    const facts = { status, health, operations };
    expect(valueOf(databaseReadings(facts, watched.record, stepped, WALL_MS), 'database.lockedFor')).toBe(40);
    watched.record.unwatched(at(8 * HOUR_MS));
    expect(valueOf(watched.look(8 * HOUR_MS + 90), 'database.lockedFor')).toBe(90);
  });

  it('tells since when no row was taken, through attempts to come back', () => {
    const watched = new Watched();
    const cause = 'The database does not take writes (disk full).';
    watched.look(1_000, { state: 'spooling', cause, breaker: BREAKER });
    watched.look(2_000, { breaker: { ...BREAKER, state: 'half_open', sinceMs: WALL_MS + 2_000 } });
    const still = watched.look(7_000, { breaker: { ...BREAKER, sinceMs: WALL_MS + 3_000 } });
    expect(valueOf(still, 'database.unavailableFor')).toBe(6_000);
    expect(detailOf(still, 'database.unavailableFor')).toBe('market.db does not take writes (disk full).');
    expect(valueOf(watched.look(8_000, { state: 'ok' }), 'database.unavailableFor')).toBe(0);
  });

  it('says when short outages add up to more than is promised, and when that is over', () => {
    const watched = new Watched();
    const burn = 'database.budgetBurn';
    const down = { state: 'spooling', breaker: BREAKER } as const;
    const up = { state: 'ok', breaker: { ...BREAKER, state: 'closed', reason: null } } as const;
    expect(valueOf(watched.look(0), burn)).toBe(0);
    // Two seconds of every minute: none of them worth an alarm, in half an hour as much as a whole day may have.
    const minute = (n: number) => {
      watched.look(n * 60_000, down);
      return watched.look(n * 60_000 + 2_000, up);
    };
    for (let n = 1; n < 20; n += 1) expect(valueOf(minute(n), burn)).toBeLessThan(1);
    for (let n = 20; n < 30; n += 1) minute(n);
    const burning = minute(30);
    expect(valueOf(burning, burn)).toBeGreaterThan(1);
    expect(detailOf(burning, burn)).toBe(
      'market.db took no rows for 1 min of the last 1 h; promised are at most 3.6 s.',
    );
    expect(valueOf(watched.look(36 * 60_000), burn)).toBeLessThan(1);
  });

  it('leaves one long outage to those who tell of it while it lasts', () => {
    const watched = new Watched();
    for (let second = 0; second < 90; second += 1)
      watched.look(second * 1_000, { state: second % 10 === 0 ? 'ok' : 'spooling', breaker: BREAKER });
    expect(valueOf(watched.look(90_000, { state: 'ok' }), 'database.budgetBurn')).toBe(0);
  });

  it('holds no time against a database that was taken out of service on purpose or that nobody watched', () => {
    const watched = new Watched();
    watched.look(0, { state: 'spooling', breaker: { ...BREAKER, reason: 'isolated' } });
    expect(valueOf(watched.look(600_000), 'database.budgetBurn')).toBe(0);
    watched.look(601_000, { breaker: BREAKER });
    watched.record.unwatched(at(602_000));
    expect(valueOf(watched.look(1_200_000), 'database.budgetBurn')).toBe(0);
  });

  it('does not call unavailable what was taken out of service on purpose, nor a start that takes a moment', () => {
    const watched = new Watched();
    const during = (reason: 'isolated' | 'maintenance') =>
      watched.look(9_000, { state: 'spooling', cause: 'It was taken out.', breaker: { ...BREAKER, reason } });
    expect(valueOf(during('maintenance'), 'database.unavailableFor')).toBeNull();
    // A person knows, and may leave it so for days: that ends whatever was wrong before.
    expect(valueOf(during('isolated'), 'database.unavailableFor')).toBe(0);
    expect(detailOf(during('isolated'), 'database.unavailableFor')).toBe('It was taken out.');
    const breaker = { ...BREAKER, state: 'closed', reason: null } as const;
    const starting = new Watched({ state: 'starting', breaker }).look(9_000);
    for (const metric of ['unavailableFor', 'lockedFor', 'failed', 'readOnly'] as const)
      expect(valueOf(starting, `database.${metric}`)).toBeNull();
  });

  it('counts from the end of what was done on purpose, when the rows kept meanwhile are brought in', () => {
    const watched = new Watched();
    const spool = { batches: 9, bytes: 900, replayed: 0, lost: 0 };
    const isolated = { ...BREAKER, reason: 'isolated' } as const;
    watched.look(0, { state: 'spooling', breaker: isolated, spool });
    watched.look(3_600_000);
    const rejoined = watched.look(3_600_500, { breaker: { ...BREAKER, state: 'half_open', reason: 'thread' } });
    expect(valueOf(rejoined, 'database.unavailableFor')).toBe(500);
  });

  it('does not call unavailable what takes row after row out of a long spool', () => {
    const watched = new Watched();
    const spool = { batches: 90, bytes: 900, replayed: 0, lost: 0 };
    watched.look(0, { state: 'spooling', breaker: BREAKER, spool });
    expect(valueOf(watched.look(4_000), 'database.unavailableFor')).toBe(4_000);
    const halfOpen = { ...BREAKER, state: 'half_open' } as const;
    for (const second of [5, 6, 7, 8, 9, 10]) {
      const replaying = watched.look(second * 1_000, {
        breaker: halfOpen,
        spool: { ...spool, replayed: second },
      });
      expect(valueOf(replaying, 'database.unavailableFor')).toBe(0);
    }
    // Stuck again; a commit without rows, which is how it is tried, proves nothing.
    expect(valueOf(watched.look(16_000, { commits: 2_000 }), 'database.unavailableFor')).toBe(6_000);
  });

  it('has nothing against rows that wait for the program itself to be done with the file', () => {
    const watched = new Watched();
    const spool = { batches: 9, bytes: 900, replayed: 0, lost: 0 };
    watched.look(0, { state: 'recovering', breaker: { ...BREAKER, reason: 'maintenance' }, spool });
    expect(valueOf(watched.look(300_000), 'database.spoolAge')).toBe(1);
    expect(valueOf(watched.look(301_000, { breaker: { ...BREAKER, reason: 'thread' } }), 'database.spoolAge')).toBe(
      1_000,
    );
  });

  it('tells that reads fail while writes go on', () => {
    const watched = new Watched();
    watched.record.readFailed('the disk does not answer', at(0));
    watched.record.readFailed('the disk does not answer', at(5_000));
    const unreadable = watched.look(6_000);
    expect(valueOf(unreadable, 'database.unavailableFor')).toBe(6_000);
    expect(detailOf(unreadable, 'database.unavailableFor')).toBe('market.db cannot be read: the disk does not answer.');
    watched.record.readAnswered();
    expect(valueOf(watched.look(7_000), 'database.unavailableFor')).toBe(0);
  });

  it('tells failed and read-only apart, with the cause', () => {
    const failed = new Watched({ state: 'failed', cause: 'It cannot be opened.' }).look(0);
    expect(valueOf(failed, 'database.failed')).toBe(1);
    expect(detailOf(failed, 'database.failed')).toBe('It cannot be opened.');
    expect(valueOf(failed, 'database.readOnly')).toBe(0);
    const readOnly = new Watched({ state: 'read_only', cause: 'Newer schema.' }).look(0);
    expect(valueOf(readOnly, 'database.readOnly')).toBe(1);
  });

  it('tells percentiles only of enough values: the one long wait of a lock that is over is none', () => {
    const few = new Watched({ lockWait: { count: 19, p50Ms: 1, p95Ms: 30_000, maxMs: 30_000 } }).look(0);
    expect(valueOf(few, 'database.lockWaitP95')).toBeNull();
    const many = new Watched({ lockWait: { count: 20, p50Ms: 1, p95Ms: 700, maxMs: 800 } }).look(0);
    expect(valueOf(many, 'database.lockWaitP95')).toBe(700);
  });

  it('tells rates, and rejected rows once', () => {
    const watched = new Watched({ commits: 10, rowsWritten: 100, rowsRejected: 4 });
    expect(valueOf(watched.look(0), 'database.commitsPerSecond')).toBeNull();
    expect(valueOf(watched.look(0), 'database.writesFailing')).toBe(0);
    const second = watched.look(2_000, { commits: 14, rowsWritten: 500, rowsRejected: 7 });
    expect(valueOf(second, 'database.commitsPerSecond')).toBe(2);
    expect(valueOf(second, 'database.rowsPerSecond')).toBe(200);
    expect(valueOf(second, 'database.writesFailing')).toBe(3);
    expect(valueOf(watched.look(3_000), 'database.writesFailing')).toBe(0);
  });

  it('tells for how long the spool has not been empty, and does not count a sleep', () => {
    const watched = new Watched();
    const spool = { batches: 3, bytes: 900, replayed: 0, lost: 0 };
    expect(valueOf(watched.look(1_000, { spool }), 'database.spoolAge')).toBe(1);
    expect(valueOf(watched.look(61_000), 'database.spoolAge')).toBe(60_000);
    watched.record.unwatched(at(9_000_000));
    expect(valueOf(watched.look(9_001_000), 'database.spoolAge')).toBe(1_000);
    expect(valueOf(watched.look(9_002_000, { spool: { ...spool, batches: 0 } }), 'database.spoolAge')).toBe(0);
  });

  it('tells what the upkeep has found: a pinned log, failing checkpoints, damage that is not repaired', () => {
    const watched = new Watched({ state: 'degraded', cause: 'A reader keeps the log.' });
    watched.health = { ...HEALTH, walPinnedForMs: 40_000, checkpointFailures: 2 };
    expect(valueOf(watched.look(0), 'database.walPinnedFor')).toBe(40_000);
    expect(detailOf(watched.look(0), 'database.walPinnedFor')).toBe('A reader keeps the log.');
    expect(detailOf(watched.look(0), 'database.walBytes')).toBe('A reader keeps the log.');
    expect(valueOf(watched.look(0), 'database.checkpointFailures')).toBe(2);
    expect(valueOf(watched.look(0), 'database.checkFailed')).toBeNull();
    watched.operations = [operation('check', 'ok'), operation('check', 'failed'), operation('check', 'cancelled')];
    expect(valueOf(watched.look(0), 'database.checkFailed')).toBe(1);
    expect(detailOf(watched.look(0), 'database.checkFailed')).toBe('market.db is damaged: check failed');
    watched.operations = [...watched.operations, operation('recovery', 'ok'), operation('backup', 'failed')];
    expect(valueOf(watched.look(0), 'database.checkFailed')).toBe(0);
  });

  it('tells the age of the newest backup once there was time to make one', () => {
    const watched = new Watched();
    watched.health = { ...HEALTH, newestBackupAtMs: WALL_MS - 30 * HOUR_MS };
    expect(valueOf(watched.look(60_000), 'database.backupAge')).toBeNull();
    expect(valueOf(watched.look(HOUR_MS), 'database.backupAge')).toBe(31 * HOUR_MS);
    watched.health = HEALTH;
    expect(valueOf(watched.look(27 * HOUR_MS), 'database.backupAge')).toBe(27 * HOUR_MS);
    expect(detailOf(watched.look(27 * HOUR_MS), 'database.backupAge')).toBe('There is no backup of market.db yet.');
  });

  it('foresees when the disk is full from six hours of looks, and is not bent by one large file that came and went', () => {
    const watched = new Watched();
    watched.record.roomSeen(8_000_000, at(0));
    expect(valueOf(watched.look(0), 'database.diskFree')).toBe(8_000_000);
    expect(valueOf(watched.look(0), 'database.diskDaysLeft')).toBeNull();
    // A gigabyte less every hour, and a file of 50 GB that came and went.
    const gigabytes = (hours: number): number => (100 - hours - (hours === 5 ? 50 : 0)) * 1e9;
    const looks = Array.from({ length: 24 }, (_, hours) => ({ atMs: hours * HOUR_MS, freeBytes: gigabytes(hours) }));
    expect(daysLeft(looks)).toBeCloseTo(77 / 24, 1);
    expect(daysLeft(looks.map(({ atMs }) => ({ atMs, freeBytes: 5e9 + atMs })))).toBe(3_650);
  });

  it.each([
    ['a file of 5 GB that stays', 100, 5, 1],
    ['a download of 70 minutes', 300, 21, 14],
    ['a copy of two hours', 300, 72, 24],
  ])('takes %s for no trend, whenever it comes', (_, freeGb, fileGb, looksLong) => {
    for (let from = 1; from < 120; from += 17) {
      const looks = looksEveryFiveMinutes(168, (look) => {
        const written = Math.min(1, Math.max(0, (look - from) / looksLong)) * fileGb;
        return freeGb - written + 0.03 * Math.sin(look * look);
      });
      for (let seen = 20; seen <= looks.length; seen += 57)
        expect(daysLeft(looks.slice(0, seen)) ?? Infinity).toBeGreaterThan(7);
    }
  });

  it('tells a disk that fills up steadily, and one that is emptied again every few hours not', () => {
    const steady = looksEveryFiveMinutes(73, (look) => 60 - look / 4 + 0.03 * Math.sin(look * look));
    expect(daysLeft(steady)).toBeCloseTo(42 / 3 / 24, 1);
    expect(daysLeft(steady.slice(1))).toBeNull();
    const sawtooth = looksEveryFiveMinutes(288, (look) => 60 - (look % 48) / 4);
    expect(daysLeft(sawtooth)).toBeGreaterThan(7);
  });
});

function looksEveryFiveMinutes(count: number, freeGb: (look: number) => number): readonly RoomSample[] {
  return Array.from({ length: count }, (_, look) => ({ atMs: look * 5 * 60_000, freeBytes: freeGb(look) * 1e9 }));
}
