import { describe, expect, it } from 'vitest';
import { closedBreaker, nextBreaker } from '../../../src/main/storage/breaker';
import { OPEN_REASONS } from '../../../src/shared/domain/database';
import { conditionOf, type StoreFacts } from '../../../src/main/storage/condition';

const healthy: StoreFacts = {
  phase: 'open',
  phaseCause: null,
  breaker: closedBreaker(0),
  breakerDetail: '',
  holder: null,
  spoolProblem: null,
  volatileBatches: 0,
  concerns: [],
};
const open = (reason: (typeof OPEN_REASONS)[number]) => nextBreaker(closedBreaker(0), { kind: 'trouble', reason }, 1);

describe('conditionOf', () => {
  it('is ok without a word when nothing is wrong', () => {
    expect(conditionOf(healthy)).toEqual({ state: 'ok', cause: null });
  });

  it.each(OPEN_REASONS)('says in one sentence why rows go to the spool: %s', (reason) => {
    const { state, cause } = conditionOf({
      ...healthy,
      breaker: open(reason),
      breakerDetail: 'database or disk is full',
    });
    expect(state).toBe('spooling');
    expect(cause).toMatch(/^[A-Z][^.]*(spool)[^.]*\.$/);
  });

  it('names the holder of the lock once it is known', () => {
    const holder = { pid: 4711, program: 'python3', command: 'python3 x.py', sinceMs: 0, certainty: 'exact' } as const;
    expect(conditionOf({ ...healthy, breaker: open('lock'), holder }).cause).toMatch(
      /^python3 \(process 4711\) holds the write lock/,
    );
  });

  it('puts rows that are only in memory above everything but the end', () => {
    const facts = { ...healthy, breaker: open('lock'), volatileBatches: 1, spoolProblem: 'no space left on device' };
    expect(conditionOf(facts)).toMatchObject({ state: 'degraded', cause: expect.stringContaining('no space left') });
    expect(conditionOf({ ...facts, phase: 'closed' }).state).toBe('closed');
  });

  it('shows the worst of the smaller troubles', () => {
    expect(conditionOf({ ...healthy, concerns: ['First.', 'Second.'] })).toEqual({
      state: 'degraded',
      cause: 'First.',
    });
  });
});
