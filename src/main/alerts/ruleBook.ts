// The rules in force: those that ship with the program, with what a person changed, added or switched off. Every change is a new
// version of its rule, and all versions are kept.
import type { RuleEntry } from '../../shared/contract/alerts';
import type { AlertRule } from '../../shared/domain/alerts';
import type { MetricName, Target } from '../../shared/domain/metrics';
import { checkRule } from '../../shared/domain/ruleCheck';

/** One change of a rule, as it is stored. For `removed`, the rule as it was last. */
export interface RuleChange {
  readonly kind: 'saved' | 'reset' | 'removed';
  readonly atMs: number;
  readonly rule: AlertRule;
}

export type RuleVerdict =
  { readonly kind: 'changed'; readonly change: RuleChange } | { readonly kind: 'refused'; readonly reason: string };

export class RuleBook {
  readonly #shipped: ReadonlyMap<string, AlertRule>;
  readonly #rules = new Map<string, AlertRule>();
  /** Also of rules that were removed: a rule of the same name must not repeat a version. */
  readonly #versions = new Map<string, number>();
  #byMetric: ReadonlyMap<MetricName, readonly AlertRule[]> = new Map();

  /** @param changes of earlier sessions, oldest first */
  constructor(shipped: readonly AlertRule[], changes: readonly RuleChange[]) {
    this.#shipped = new Map(shipped.map((rule) => [rule.id, rule]));
    for (const rule of shipped) this.#rules.set(rule.id, rule);
    for (const change of changes) this.#apply(change);
    this.#index();
  }

  /** Takes up changes of earlier sessions, oldest first, that could be read only now; answers what they changed. */
  adopt(changes: readonly RuleChange[]): readonly AlertRule[] {
    const ours = new Set(this.#versions.keys());
    for (const { rule } of changes) {
      if (ours.has(rule.id)) this.#versions.set(rule.id, Math.max(rule.version, this.#versions.get(rule.id) ?? 0));
    }
    const earlier = changes.filter(({ rule }) => !ours.has(rule.id));
    for (const change of earlier) this.#apply(change);
    this.#index();
    return [...new Map(earlier.map(({ rule }) => [rule.id, rule])).values()];
  }

  get(ruleId: string): AlertRule | null {
    return this.#rules.get(ruleId) ?? null;
  }

  /** Rules that judge a reading of this metric of this target. */
  judging(metric: MetricName, { id }: Target): readonly AlertRule[] {
    const rules = this.#byMetric.get(metric) ?? [];
    return rules.filter(({ targets }) => targets === null || targets.includes(id));
  }

  entries(): readonly RuleEntry[] {
    return [...this.#rules.values()].map((rule) => {
      const shipped = this.#shipped.get(rule.id) ?? null;
      return { rule, shipped, changed: shipped === null || !sameRule(rule, shipped) };
    });
  }

  save(rule: AlertRule, atMs: number): RuleVerdict {
    const [problem] = checkRule(rule).problems;
    if (problem) return { kind: 'refused', reason: problem.message };
    return this.#change({ kind: 'saved', atMs, rule: { ...rule, version: this.#nextVersion(rule.id) } });
  }

  reset(ruleId: string, atMs: number): RuleVerdict {
    const shipped = this.#shipped.get(ruleId);
    if (!shipped) return { kind: 'refused', reason: 'Only rules that come with Poolwatch can be reset.' };
    return this.#change({ kind: 'reset', atMs, rule: { ...shipped, version: this.#nextVersion(ruleId) } });
  }

  remove(ruleId: string, atMs: number): RuleVerdict {
    const rule = this.#rules.get(ruleId);
    if (!rule) return { kind: 'refused', reason: 'There is no such rule.' };
    if (this.#shipped.has(ruleId)) {
      return { kind: 'refused', reason: 'A rule that comes with Poolwatch can be switched off, not removed.' };
    }
    return this.#change({ kind: 'removed', atMs, rule: { ...rule, version: this.#nextVersion(ruleId) } });
  }

  #change(change: RuleChange): RuleVerdict {
    this.#apply(change);
    this.#index();
    return { kind: 'changed', change };
  }

  #apply({ kind, rule }: RuleChange): void {
    this.#versions.set(rule.id, Math.max(rule.version, this.#versions.get(rule.id) ?? 0));
    const shipped = this.#shipped.get(rule.id);
    if (kind === 'removed') this.#rules.delete(rule.id);
    // What ships today may differ from what shipped when it was reset.
    else this.#rules.set(rule.id, kind === 'reset' && shipped ? { ...shipped, version: rule.version } : rule);
  }

  #nextVersion(ruleId: string): number {
    return Math.max(this.#rules.get(ruleId)?.version ?? 0, this.#versions.get(ruleId) ?? 0) + 1;
  }

  #index(): void {
    const byMetric = new Map<MetricName, AlertRule[]>();
    for (const rule of this.#rules.values()) {
      if (!rule.enabled) continue;
      const rules = byMetric.get(rule.metric);
      if (rules) rules.push(rule);
      else byMetric.set(rule.metric, [rule]);
    }
    this.#byMetric = byMetric;
  }
}

/** The version is how often it was changed, not what it says. */
function sameRule(a: AlertRule, b: AlertRule): boolean {
  return JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));
}

function ordered({ version: _version, ...rule }: AlertRule): unknown {
  return Object.entries(rule).sort(([a], [b]) => (a < b ? -1 : 1));
}
