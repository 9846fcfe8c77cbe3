// What makes a rule a rule: shape, ranges, and that firing and clearing do not overlap. The editor shows the problems at the field;
// pure, so that whoever stores rules can ask the same question.
import { type AlertRule, NO_DATA_POLICIES, SEVERITIES } from './alerts';
import { METRICS, type MetricName, type MetricUnit } from './metrics';

export interface RuleProblem {
  /** Null when it is about the whole. */
  readonly field: keyof AlertRule | null;
  /** A whole sentence. */
  readonly message: string;
}

export interface CheckedRule {
  /** Null exactly when there are problems. */
  readonly rule: AlertRule | null;
  readonly problems: readonly RuleProblem[];
}

/** For whoever describes a rule in another way. */
export const RULE_LIMITS = {
  id: /^[a-z0-9][a-z0-9-]{0,63}$/,
  titleLength: 200,
  adviceLength: 1_000,
  longestMs: 7 * 86_400_000,
  shortestIntervalMs: 1_000,
  targets: 200,
  targetLength: 200,
  readings: 1_000,
} as const;

type Judge = (value: unknown) => string | null;

const text =
  (most: number): Judge =>
  (value) => {
    if (typeof value !== 'string') return 'This must be text.';
    if (value.trim() === '') return 'This must not be empty.';
    return value.length > most ? `This must have at most ${most} characters.` : null;
  };
const flag: Judge = (value) => (typeof value === 'boolean' ? null : 'This must be true or false.');
const oneOf =
  (words: readonly string[]): Judge =>
  (value) =>
    typeof value === 'string' && words.includes(value) ? null : `This must be one of ${words.join(', ')}.`;
const finite: Judge = (value) =>
  typeof value === 'number' && Number.isFinite(value) ? null : 'This must be a number.';
const whole =
  (least: number, most: number): Judge =>
  (value) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most
      ? null
      : `This must be a whole number from ${least} to ${most}.`;

/** One judge for each field: a field without one does not compile. */
const JUDGES: Readonly<Record<keyof AlertRule, Judge>> = {
  id: (value) =>
    typeof value === 'string' && RULE_LIMITS.id.test(value)
      ? null
      : 'This may have small letters, digits and hyphens only, at most 64.',
  version: whole(0, Number.MAX_SAFE_INTEGER),
  enabled: flag,
  title: text(RULE_LIMITS.titleLength),
  metric: oneOf(Object.keys(METRICS)),
  targets: (value) => {
    if (value === null) return null;
    const ids: readonly unknown[] = Array.isArray(value) ? value : [];
    const named = ids.every((id) => typeof id === 'string' && id !== '' && id.length <= RULE_LIMITS.targetLength);
    return named && ids.length > 0 && ids.length <= RULE_LIMITS.targets
      ? null
      : 'This must be null, for every target, or a list of ids.';
  },
  comparison: oneOf(['above', 'below']),
  fire: finite,
  clear: finite,
  forMs: whole(0, RULE_LIMITS.longestMs),
  keepForMs: whole(0, RULE_LIMITS.longestMs),
  goodReadings: whole(1, RULE_LIMITS.readings),
  severity: oneOf(SEVERITIES),
  noData: oneOf(NO_DATA_POLICIES),
  expectedEveryMs: whole(RULE_LIMITS.shortestIntervalMs, RULE_LIMITS.longestMs),
  needsNetwork: flag,
  advice: (value) => (value === '' ? null : text(RULE_LIMITS.adviceLength)(value)),
};
export const RULE_FIELDS = Object.keys(JUDGES) as readonly (keyof AlertRule)[];

export function checkRule(value: unknown): CheckedRule {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { rule: null, problems: [{ field: null, message: 'A rule is an object with named fields.' }] };
  const given = value as Readonly<Record<string, unknown>>;
  const problems: RuleProblem[] = [];
  for (const field of RULE_FIELDS) {
    const message = field in given ? JUDGES[field](given[field]) : `The field “${field}” is missing.`;
    if (message !== null) problems.push({ field, message });
  }
  for (const name of Object.keys(given)) {
    if (!(name in JUDGES)) problems.push({ field: null, message: `There is no field “${name}”.` });
  }
  if (problems.length > 0) return { rule: null, problems };
  const rule = value as AlertRule;
  const levels = levelProblems(rule);
  return levels.length > 0 ? { rule: null, problems: levels } : { rule, problems: [] };
}

const RANGES: Readonly<Partial<Record<MetricUnit, readonly [least: number, most: number, words: string]>>> = {
  share: [0, 1, 'A share lies between 0 % and 100 %.'],
  flag: [0, 1, 'This is 0 for no and 1 for yes.'],
};

function levelProblems({ metric, comparison, fire, clear }: AlertRule): readonly RuleProblem[] {
  const [least, most, words] = RANGES[unitOf(metric)] ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, ''];
  const outside = (['fire', 'clear'] as const).filter((field) => {
    const level = field === 'fire' ? fire : clear;
    return level < least || level > most;
  });
  if (outside.length > 0) return outside.map((field) => ({ field, message: words }));
  const overlaps = comparison === 'above' ? clear > fire : clear < fire;
  if (!overlaps) return [];
  const side = comparison === 'above' ? 'above' : 'below';
  return [
    { field: 'clear', message: `It must not clear ${side} the level at which it fires, or it would do both at once.` },
  ];
}

export function unitOf(metric: MetricName): MetricUnit {
  return METRICS[metric].unit;
}
