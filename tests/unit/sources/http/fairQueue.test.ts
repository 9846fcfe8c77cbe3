import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { FairQueue } from '../../../../src/main/sources/http/fairQueue';
import type { CallPriority } from '../../../../src/shared/domain/collector';
import { CALL_PRIORITIES } from '../../../../src/shared/domain/collector';

const anybody = (): boolean => true;

function drain<T>(queue: FairQueue<T>, count = Number.POSITIVE_INFINITY): T[] {
  const taken: T[] = [];
  while (taken.length < count) {
    const item = queue.shift(anybody);
    if (item === undefined) break;
    taken.push(item);
  }
  return taken;
}

function flood(queue: FairQueue<string>, key: string, count: number, priority: CallPriority = 'normal'): void {
  for (let n = 0; n < count; n += 1) queue.push({ key, priority }, `${key}${n}`);
}

describe('the queue of calls', () => {
  it('serves one caller in the order of asking', () => {
    const queue = new FairQueue<string>();
    flood(queue, 'a', 4);
    expect(drain(queue)).toEqual(['a0', 'a1', 'a2', 'a3']);
  });

  it('lets a single call pass a flood that came before it', () => {
    const queue = new FairQueue<string>();
    flood(queue, 'flood', 1_000);
    drain(queue, 10);
    flood(queue, 'b', 1);
    expect(drain(queue, 2)).toContain('b0');
  });

  it('shares turns by priority, and starves nobody', () => {
    const queue = new FairQueue<string>();
    for (const priority of CALL_PRIORITIES) flood(queue, priority, 1_000, priority);
    const counts = new Map<string, number>();
    for (const item of drain(queue, 290)) {
      const key = item.replace(/\d+$/, '');
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(Object.fromEntries(counts)).toEqual({ high: 160, normal: 80, low: 40, backfill: 10 });
  });

  it('lets nobody save turns up by staying away', () => {
    const queue = new FairQueue<string>();
    flood(queue, 'a', 100);
    drain(queue, 50);
    flood(queue, 'late', 100);
    const next = drain(queue, 10);
    expect(next.filter((item) => item.startsWith('a'))).toHaveLength(5);
  });

  it('passes over a caller who may not go, and counts nothing for a place that was given up', () => {
    const queue = new FairQueue<string>();
    flood(queue, 'a', 2);
    flood(queue, 'b', 1);
    expect(queue.shift((key) => key !== 'a')).toBe('b0');
    expect(queue.shift((key) => key !== 'a')).toBeUndefined();
    queue.remove('a0');
    expect(queue.size).toBe(1);
    expect(drain(queue)).toEqual(['a1']);
  });

  it('loses and invents nothing, whatever is pushed, taken and removed', () => {
    const action = fc.oneof(
      fc.record({ kind: fc.constant('push' as const), key: fc.constantFrom('a', 'b', 'c'), n: fc.nat(3) }),
      fc.record({ kind: fc.constantFrom('shift' as const, 'remove' as const), key: fc.constant(''), n: fc.nat(20) }),
    );
    fc.assert(
      fc.property(fc.array(action), (actions) => {
        const queue = new FairQueue<number>();
        const waiting = new Set<number>();
        let next = 0;
        for (const { kind, key, n } of actions) {
          if (kind === 'push') {
            queue.push({ key, priority: CALL_PRIORITIES[n] ?? 'normal' }, next);
            waiting.add(next++);
          } else if (kind === 'shift') {
            const item = queue.shift(anybody);
            expect(item === undefined).toBe(waiting.size === 0);
            if (item !== undefined) expect(waiting.delete(item)).toBe(true);
          } else {
            queue.remove(n);
            waiting.delete(n);
          }
          expect(queue.size).toBe(waiting.size);
        }
      }),
    );
  });
});
