import { describe, expect, it } from 'vitest';
import { type AlertFacts, explainedBy, nodeOf } from '../../../src/main/alerts/rootCause';
import type { RunErrorClass } from '../../../src/shared/domain/collector';
import type { MetricName } from '../../../src/shared/domain/metrics';

const target = { kind: 'collector', id: 'dexes' } as const;
const facts = (fault: RunErrorClass): AlertFacts => ({
  titleOf: ({ id }) => id,
  hostsOf: () => ['h'],
  faultOf: () => fault,
  isPaused: () => false,
  collectors: () => 12,
});
const explained = (metric: MetricName, fault: RunErrorClass, faulty: string): string | null =>
  explainedBy({ metric, target }, new Set([faulty]), facts(fault));

describe('what a failed run comes from', () => {
  it('is its own mistake, however busy the program and however locked the database is', () => {
    for (const metric of ['collector.lastRunFault', 'collector.failureStreak', 'collector.errorRate'] as const) {
      expect(explained(metric, 'internal', 'app/main')).toBeNull();
      expect(explained(metric, 'malformed', 'database/market#access')).toBeNull();
    }
  });

  it('is the database for what could not be stored', () => {
    expect(explained('collector.lastRunFault', 'storage', 'database/market#access')).toBe('database/market#access');
  });
});

describe('a budget that burns', () => {
  const burning = { metric: 'database.budgetBurn', target: { kind: 'database', id: 'market' } } as const;

  it('comes from what keeps the database from taking rows, and explains nothing once that is over', () => {
    const access = 'database/market#access';
    expect(explainedBy(burning, new Set([access]), facts('storage'))).toBe(access);
    expect(explained('collector.staleBy', 'storage', nodeOf(burning))).toBeNull();
  });
});
