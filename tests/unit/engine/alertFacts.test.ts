import { describe, expect, it } from 'vitest';
import { alertFacts } from '../../../src/main/engine/alertFacts';
import type { CollectorId } from '../../../src/shared/domain/collector';
import { fakeCollector, fakeRun } from '../renderer/support/fakeSnapshot';

const NOW_MS = Date.UTC(2026, 0, 1);

function facts(looked: string[] = []): ReturnType<typeof alertFacts> {
  const failed = fakeCollector('dexes', NOW_MS, {
    lastRun: fakeRun('dexes', NOW_MS, { outcome: 'failed' }),
    lastError: { class: 'malformed', message: 'The answer was not JSON.', atMs: NOW_MS },
  });
  const known = new Map<string, typeof failed>([
    ['dexes', failed],
    ['top_pools', fakeCollector('top_pools' satisfies CollectorId, NOW_MS)],
    ['trades', fakeCollector('trades', NOW_MS, { pause: { sinceMs: NOW_MS, untilMs: null } })],
  ]);
  return alertFacts({
    collector: (id) => {
      looked.push(id);
      return known.get(id) ?? null;
    },
    collectors: () => 2_000,
    host: 'api.example.com',
    channelTitle: (id) => (id === 'desktop' ? 'This desktop' : null),
  });
}

describe('what alerts know of the program', () => {
  it('is looked up for one collector at a time, however many there are', () => {
    const looked: string[] = [];
    const { titleOf, faultOf, collectors } = facts(looked);
    expect(titleOf({ kind: 'collector', id: 'top_pools' })).toBe('Top pools');
    expect(faultOf('dexes')).toBe('malformed');
    expect(collectors()).toBe(2_000);
    expect(looked).toEqual(['top_pools', 'dexes']);
  });

  it('tells what is paused from what runs, and from what is gone', () => {
    const { isPaused } = facts();
    expect(['trades', 'top_pools', 'gone'].map(isPaused)).toEqual([true, false, false]);
  });

  it('is nothing for what is no longer watched', () => {
    const { titleOf, faultOf } = facts();
    expect(titleOf({ kind: 'collector', id: 'gone' })).toBeNull();
    expect(titleOf({ kind: 'host', id: 'other.example.com' })).toBeNull();
    expect(titleOf({ kind: 'channel', id: 'gone' })).toBeNull();
    expect([faultOf('gone'), faultOf('top_pools')]).toEqual([null, null]);
  });
});
