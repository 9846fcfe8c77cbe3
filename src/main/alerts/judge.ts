// Every rule on every target it applies to: hands readings and time to the machine of each, and keeps what comes out.
import type { AlertRule, Transition } from '../../shared/domain/alerts';
import type { Reading } from '../../shared/domain/metrics';
import type { StoredInstance } from './alertChanges';
import type { JudgedFault } from './incidentRecord';
import { type Instance, instanceKey, isActive, type Moment, newInstance } from './instance';
import { type LifecycleEvent, step } from './lifecycle';
import type { AlertFacts } from './rootCause';
import type { RuleBook } from './ruleBook';

const TICK: LifecycleEvent = { kind: 'tick' };

export class Judge {
  readonly #book: RuleBook;
  readonly #facts: AlertFacts;
  readonly #instances = new Map<string, Instance>();
  readonly #changed = new Map<string, Instance>();
  /** What restoring changed, told with the first step. */
  #restored: readonly Transition[] = [];

  constructor(book: RuleBook, facts: AlertFacts, restored: readonly StoredInstance[], now: Moment) {
    this.#book = book;
    this.#facts = facts;
    for (const { instance, savedAtMs } of restored) this.#restore(instance, Math.max(0, now.wallMs - savedAtMs), now);
  }

  /**
   * Takes up what could be read only now, save where this session knows better. How long nobody watched is not known: timers begin
   * anew. `changed` are the rules that became others with it.
   */
  adopt(restored: readonly StoredInstance[], changed: readonly AlertRule[], now: Moment): readonly Transition[] {
    for (const { instance } of restored) {
      const known = this.#instances.get(instance.key);
      const isNews = !known || (known.episode === 0 && (known.state === 'inactive' || isActive(instance)));
      if (isNews) this.#restore(instance, Number.POSITIVE_INFINITY, now);
    }
    return [...this.#takeRestored(), ...changed.flatMap((rule) => this.ruleChanged(rule, now))];
  }

  read(readings: readonly Reading[], now: Moment): readonly Transition[] {
    const transitions = this.#takeRestored();
    for (const { metric, target, value, atMs, detail } of readings) {
      for (const rule of this.#book.judging(metric, target)) {
        const instance = this.#instances.get(instanceKey(rule.id, target)) ?? newInstance(rule, target, now);
        transitions.push(...this.#hand(rule, instance, { kind: 'reading', value, atMs, detail }, now));
      }
    }
    return transitions;
  }

  tick(now: Moment): readonly Transition[] {
    const transitions = this.#takeRestored();
    for (const instance of this.#instances.values()) {
      const rule = this.#book.get(instance.ruleId);
      if (!rule) continue;
      if (rule.noData === 'keep' && this.#isExcused(instance)) {
        transitions.push(...this.#hand(rule, instance, { kind: 'retired', reason: 'it was paused' }, now));
        continue;
      }
      const isGone = instance.state !== 'inactive' && this.#facts.titleOf(instance.target) === null;
      const moved = isGone
        ? this.#retire(rule, instance, 'it is no longer watched', now)
        : this.#hand(rule, instance, TICK, now);
      transitions.push(...moved);
    }
    return transitions;
  }

  /** After a rule was saved, reset or removed; `changed` is what it was last. */
  ruleChanged(changed: AlertRule, now: Moment): readonly Transition[] {
    const rule = this.#book.get(changed.id);
    return [...this.#instances.values()]
      .filter((instance) => instance.ruleId === changed.id)
      .flatMap((instance) => {
        if (rule && applies(rule, instance)) return this.#hand(rule, instance, { kind: 'rule_changed' }, now);
        return this.#retire(rule ?? changed, instance, 'the rule no longer applies', now);
      });
  }

  /** Whatever fires or recovers. */
  faults(): ReadonlyMap<string, JudgedFault> {
    const faults = new Map<string, JudgedFault>();
    for (const instance of this.#instances.values()) {
      const rule = isActive(instance) ? this.#book.get(instance.ruleId) : null;
      if (rule) faults.set(instance.key, { instance, rule });
    }
    return faults;
  }

  judged(key: string): JudgedFault | null {
    const instance = this.#instances.get(key);
    const rule = instance && this.#book.get(instance.ruleId);
    return instance && rule ? { instance, rule } : null;
  }

  /** Those whose timers run, and one that shows how far observed time has come. */
  running(): readonly Instance[] {
    const instances = [...this.#instances.values()];
    const timed = instances.filter(({ state }) => state === 'pending' || state === 'recovering');
    return timed.length > 0 ? timed : instances.filter(isActive).slice(0, 1);
  }

  /** Those that moved since the last call. */
  takeChanged(): readonly Instance[] {
    const changed = [...this.#changed.values()];
    this.#changed.clear();
    return changed;
  }

  #restore(instance: Instance, downtimeMs: number, now: Moment): void {
    const rule = this.#book.get(instance.ruleId);
    if (!rule) return;
    this.#instances.set(instance.key, instance);
    this.#restored = [...this.#restored, ...this.#hand(rule, instance, { kind: 'restarted', downtimeMs }, now)];
    if (!applies(rule, instance) || rule.version !== instance.ruleVersion) {
      this.#restored = [...this.#restored, ...this.ruleChanged(rule, now)];
    }
  }

  #takeRestored(): Transition[] {
    const restored = [...this.#restored];
    this.#restored = [];
    return restored;
  }

  /** It goes on, and nobody expects anything of its target now: no reading will come that could end it. */
  #isExcused({ state, target }: Instance): boolean {
    const isGoingOn = state !== 'inactive' && state !== 'resolved';
    return isGoingOn && target.kind === 'collector' && this.#facts.isPaused(target.id);
  }

  #retire(rule: AlertRule, instance: Instance, reason: string, now: Moment): readonly Transition[] {
    const transitions = this.#hand(rule, instance, { kind: 'retired', reason }, now);
    this.#instances.delete(instance.key);
    return transitions;
  }

  #hand(rule: AlertRule, before: Instance, event: LifecycleEvent, now: Moment): readonly Transition[] {
    const { instance, transitions } = step(rule, before, event, now);
    this.#instances.set(instance.key, instance);
    if (transitions.length > 0) this.#changed.set(instance.key, instance);
    return transitions;
  }
}

function applies({ enabled, metric, targets }: AlertRule, { target, metric: judged }: Instance): boolean {
  return enabled && metric === judged && (targets === null || targets.includes(target.id));
}
