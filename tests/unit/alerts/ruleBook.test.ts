import { describe, expect, it } from 'vitest';
import { DEFAULT_RULES } from '../../../src/main/alerts/defaultRules';
import { RuleBook, type RuleChange } from '../../../src/main/alerts/ruleBook';
import { rule as ruleSchema } from '../../../src/main/engine/api/alertFields';
import { METRICS } from '../../../src/shared/domain/metrics';
import type { AlertRule } from '../../../src/shared/domain/alerts';
import { AlertBench, market } from './support/alertBench';

const LOCKED = DEFAULT_RULES.find(({ id }) => id === 'database-locked') as AlertRule;
const changed = (verdict: ReturnType<RuleBook['save']>): RuleChange => {
  if (verdict.kind === 'refused') throw new Error(verdict.reason);
  return verdict.change;
};

describe('the rules that come with the program', () => {
  it('are valid, each with an id of its own and advice', () => {
    const invalid = DEFAULT_RULES.filter((rule) => !ruleSchema.safeParse(rule).success || rule.advice === '');
    expect(invalid).toEqual([]);
    for (const rule of DEFAULT_RULES) expect(changed(new RuleBook([rule], []).save(rule, 0)).rule.id).toBe(rule.id);
    expect(new Set(DEFAULT_RULES.map(({ id }) => id)).size).toBe(DEFAULT_RULES.length);
  });

  it('name the target where there are several of its kind', () => {
    const nameless = DEFAULT_RULES.filter(({ title, metric }) => {
      const { target } = METRICS[metric];
      return target !== 'network' && target !== 'app' && !title.includes('{target}');
    });
    expect(nameless).toEqual([]);
  });
});

describe('a book of rules', () => {
  it('gives every change a new version, and goes on from what was stored', () => {
    const book = new RuleBook(DEFAULT_RULES, []);
    const stored = [
      changed(book.save({ ...LOCKED, fire: 1_000 }, 1)),
      changed(book.save({ ...LOCKED, fire: 2_000 }, 2)),
    ];
    expect(stored.map(({ rule }) => rule.version)).toEqual([2, 3]);
    const again = new RuleBook(DEFAULT_RULES, stored);
    expect(again.get(LOCKED.id)).toMatchObject({ fire: 2_000, version: 3 });
    expect(again.entries().filter((entry) => entry.changed)).toMatchObject([
      { rule: { id: LOCKED.id }, shipped: LOCKED },
    ]);
    const reset = changed(again.reset(LOCKED.id, 3));
    expect(again.get(LOCKED.id)).toEqual({ ...LOCKED, version: 4 });
    expect(new RuleBook(DEFAULT_RULES, [...stored, reset]).entries().some((entry) => entry.changed)).toBe(false);
  });

  it('removes only what a person added, and never gives a version twice', () => {
    const book = new RuleBook(DEFAULT_RULES, []);
    expect(book.remove(LOCKED.id, 0).kind).toBe('refused');
    const own = { ...LOCKED, id: 'my-rule' };
    changed(book.save(own, 1));
    expect(book.reset(own.id, 1).kind).toBe('refused');
    changed(book.remove(own.id, 2));
    expect(book.get(own.id)).toBeNull();
    expect(changed(book.save(own, 3)).rule.version).toBe(3);
  });

  it('refuses levels in the wrong order', () => {
    const book = new RuleBook(DEFAULT_RULES, []);
    expect(book.save({ ...LOCKED, clear: LOCKED.fire + 1 }, 0).kind).toBe('refused');
    expect(book.save({ ...LOCKED, comparison: 'below', clear: LOCKED.fire - 1 }, 0).kind).toBe('refused');
  });
});

describe('a rule that is changed while it fires', () => {
  const locked = (): AlertBench => {
    const bench = new AlertBench();
    bench.pass(8_000, () => [bench.reading('database.lockedFor', market, 800)]);
    return bench;
  };

  it('makes no difference when it says the same', () => {
    const bench = locked();
    bench.engine.saveRule({ ...LOCKED, fire: 300, title: 'Somebody locks {target}' });
    bench.pass(8_000, () => [bench.reading('database.lockedFor', market, 800)]);
    expect(bench.open).toMatchObject([{ title: 'Somebody locks market.db' }]);
    expect(bench.said).toEqual(['fired market.db is locked']);
  });

  it('ends what it no longer means, and what it is switched off for', () => {
    for (const change of [{ fire: 5_000 }, { enabled: false }, { targets: ['monitor'] }]) {
      const bench = locked();
      bench.engine.saveRule({ ...LOCKED, clear: change.fire ?? 1, ...change });
      expect(bench.open).toEqual([]);
      expect(bench.said.at(-1)).toBe('resolved Over: market.db is locked');
      bench.pass(5_000, () => [bench.reading('database.lockedFor', market, 800)]);
      expect(bench.open).toEqual([]);
    }
  });
});
