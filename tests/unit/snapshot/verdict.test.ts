import { describe, expect, it } from 'vitest';
import type { CollectorHealth, CollectorSlice } from '../../../src/shared/contract/snapshot';
import type { Incident } from '../../../src/shared/domain/alerts';
import type { TargetKind } from '../../../src/shared/domain/metrics';
import type { DatabaseStatus, StoreState } from '../../../src/shared/domain/database';
import { judge as judgeAll } from '../../../src/main/snapshot/verdict';

const collector = (title: string, health: CollectorHealth, cause: string | null = null): CollectorSlice => ({
  id: 'dexes',
  title,
  description: '',
  health,
  cause,
  intervalMs: 1,
  cadence: { baseMs: 1, nowMs: 1, because: null },
  pause: null,
  running: null,
  nextDueAtMs: null,
  lastRun: null,
  lastSuccessAtMs: 1,
  lastError: null,
  streak: { failures: 0, successes: 1 },
  cooldownUntilMs: null,
  ticks: [],
});
const database = (state: StoreState, cause: string | null = null): DatabaseStatus =>
  ({ name: 'market', state, cause, lockedSinceMs: null }) as DatabaseStatus;

const judge = (
  collectors: readonly CollectorSlice[],
  databases: readonly DatabaseStatus[],
  incidents: readonly Incident[] = [],
) => judgeAll(collectors, databases, incidents);
const incident = (kind: TargetKind, id: string, change: Partial<Incident> = {}): Incident =>
  ({
    state: 'open',
    severity: 'critical',
    title: `${id} is out of reach`,
    cause: 'It refused.',
    root: { kind, id },
    ...change,
  }) as Incident;

describe('judge', () => {
  it('names the worst open incident before everything that follows from it', () => {
    const host = incident('host', 'api.example.org');
    expect(judge([collector('A', 'down')], [database('spooling')], [host])).toEqual({
      level: 'down',
      finding: { kind: 'told' },
      sentence: 'api.example.org is out of reach.',
      cause: 'It refused.',
    });
    const warning = incident('collector', 'dexes', { severity: 'warning', title: 'DEXes hangs', cause: null });
    expect(judge([collector('A', 'ok')], [database('ok')], [warning])).toMatchObject({
      level: 'degraded',
      sentence: 'DEXes hangs.',
    });
  });

  it('says of a database in trouble that nothing is lost, also once there is an incident', () => {
    const held = { ...database('spooling'), lockedSinceMs: 1, holder: { program: 'python3', pid: 4711 } };
    expect(judge([], [held as DatabaseStatus], [incident('database', 'market')])).toMatchObject({
      level: 'degraded',
      sentence: 'market.db is locked by python3 (process 4711).',
      cause: expect.stringContaining('kept safely in the spool'),
    });
    const fullDisk = incident('database', 'market', { title: '12 MB are free on the disk of market.db' });
    expect(judge([], [database('ok')], [fullDisk]).sentence).toBe('12 MB are free on the disk of market.db.');
  });

  it('is not worried by an incident that is ending, nor by one that is only worth knowing', () => {
    const incidents = [incident('host', 'h', { state: 'recovering' }), incident('host', 'h', { severity: 'info' })];
    expect(judge([collector('A', 'ok')], [database('ok')], incidents).level).toBe('ok');
  });

  it('is quiet when all is well', () => {
    expect(judge([collector('A', 'ok'), collector('B', 'running')], [database('ok')])).toEqual({
      level: 'ok',
      finding: { kind: 'well' },
      sentence: 'All is well.',
      cause: null,
    });
  });

  it('names who holds the lock before anything else', () => {
    const held = { ...database('spooling'), lockedSinceMs: 1, holder: { program: 'python3', pid: 4711 } };
    expect(judge([collector('A', 'down')], [held as DatabaseStatus])).toMatchObject({
      level: 'degraded',
      sentence: 'market.db is locked by python3 (process 4711).',
      cause: expect.stringContaining('kept safely in the spool'),
    });
    expect(judge([], [{ ...held, holder: null } as DatabaseStatus]).sentence).toBe(
      'market.db is locked by another program.',
    );
  });

  it('names the database before the collectors that fail because of it', () => {
    const verdict = judge([collector('A', 'down', 'write failed')], [database('spooling', 'locked by python3 (4711)')]);
    expect(verdict).toMatchObject({ level: 'degraded', cause: 'locked by python3 (4711)' });
    expect(verdict.sentence).toContain('market.db');
  });

  it('puts what is down before what needs a look', () => {
    const verdict = judge([collector('A', 'degraded'), collector('B', 'down', 'no answer')], [database('ok')]);
    expect(verdict).toMatchObject({ level: 'down', sentence: 'B is down.', cause: 'no answer' });
  });

  it('does not call a pause fine', () => {
    expect(judge([collector('A', 'paused')], [database('ok')]).level).toBe('paused');
    expect(judge([collector('A', 'paused'), collector('B', 'ok')], [database('ok')]).sentence).toContain('A paused');
  });
});
