// A rule while it is being written, as a form and as text: both lead to the same candidate, which only the check makes a rule.
import type { AlertRule, NoDataPolicy, Severity } from '../../../../../shared/domain/alerts';
import type { MetricName, MetricUnit } from '../../../../../shared/domain/metrics';
import { checkRule, type CheckedRule, type RuleProblem, unitOf } from '../../../../../shared/domain/ruleCheck';
import { readAmount, writeAmount } from '../../../../../shared/util/metricAmount';
import { t } from '../../../texts/texts';

/** Amounts are text, with their units, until they are read. */
export interface RuleForm {
  readonly id: string;
  readonly enabled: boolean;
  readonly title: string;
  readonly metric: MetricName;
  /** Ids with commas between them; empty for every target. */
  readonly targets: string;
  readonly comparison: AlertRule['comparison'];
  readonly fire: string;
  readonly clear: string;
  readonly forMs: string;
  readonly keepForMs: string;
  readonly goodReadings: string;
  readonly severity: Severity;
  readonly noData: NoDataPolicy;
  readonly expectedEveryMs: string;
  readonly needsNetwork: boolean;
  readonly advice: string;
}

export type AmountField = 'fire' | 'clear' | 'forMs' | 'keepForMs' | 'expectedEveryMs';

export function toForm(rule: AlertRule): RuleForm {
  const unit = unitOf(rule.metric);
  return {
    ...rule,
    targets: rule.targets?.join(', ') ?? '',
    fire: writeAmount(rule.fire, unit),
    clear: writeAmount(rule.clear, unit),
    forMs: writeAmount(rule.forMs, 'ms'),
    keepForMs: writeAmount(rule.keepForMs, 'ms'),
    goodReadings: String(rule.goodReadings),
    expectedEveryMs: writeAmount(rule.expectedEveryMs, 'ms'),
  };
}

function exampleOf(unit: MetricUnit): string {
  return t(`alerts.example.${unit === 'ms' || unit === 'bytes' || unit === 'share' ? unit : 'other'}`);
}

export function checkForm(form: RuleForm, version: number): CheckedRule {
  const unreadable: RuleProblem[] = [];
  const amount = (field: AmountField): number => {
    const unit = field === 'fire' || field === 'clear' ? unitOf(form.metric) : 'ms';
    const value = readAmount(form[field], unit);
    if (value !== null) return value;
    unreadable.push({ field, message: t('alerts.writeAmount', { example: exampleOf(unit) }) });
    return 0;
  };
  const ids = form.targets
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
  const candidate = {
    id: form.id.trim(),
    version,
    enabled: form.enabled,
    title: form.title.trim(),
    metric: form.metric,
    targets: ids.length === 0 ? null : ids,
    comparison: form.comparison,
    fire: amount('fire'),
    clear: amount('clear'),
    forMs: amount('forMs'),
    keepForMs: amount('keepForMs'),
    goodReadings: Number(form.goodReadings.trim() || Number.NaN),
    severity: form.severity,
    noData: form.noData,
    expectedEveryMs: amount('expectedEveryMs'),
    needsNetwork: form.needsNetwork,
    advice: form.advice.trim(),
  } satisfies AlertRule;
  const checked = checkRule(candidate);
  if (unreadable.length === 0) return checked;
  const named = new Set(unreadable.map(({ field }) => field));
  return { rule: null, problems: [...unreadable, ...checked.problems.filter(({ field }) => !named.has(field))] };
}

/** Without its version, which the program gives. */
export function toText(rule: AlertRule): string {
  const { version: _, ...shown } = rule;
  return JSON.stringify(shown, null, 2);
}

export function checkText(text: string, version: number): CheckedRule {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return checkRule(value);
    return checkRule({ ...value, version });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { rule: null, problems: [{ field: null, message: t('alerts.notJson', { why }) }] };
  }
}

/** In the place of a rule's id: one that does not exist yet. No rule can be called so. */
export const NEW_RULE = '+';

/** Something to begin with, under an id that is free. */
export function newRule(taken: readonly string[]): AlertRule {
  let number = 1;
  while (taken.includes(`own-${number}`)) number += 1;
  return {
    id: `own-${number}`,
    version: 0,
    enabled: true,
    title: t('alerts.newRuleTitle'),
    metric: 'collector.duration',
    targets: null,
    comparison: 'above',
    fire: 60_000,
    clear: 30_000,
    forMs: 0,
    keepForMs: 60_000,
    goodReadings: 2,
    severity: 'warning',
    noData: 'keep',
    expectedEveryMs: 3_600_000,
    needsNetwork: false,
    advice: t('alerts.newRuleAdvice'),
  };
}
