// A rule as a sentence, and whether a person has made it their own.
import type { RuleEntry } from '../../../../../shared/contract/alerts';
import type { AlertRule, NoDataPolicy } from '../../../../../shared/domain/alerts';
import { METRICS } from '../../../../../shared/domain/metrics';
import { writeAmount } from '../../../../../shared/util/metricAmount';

/** "failed runs in a row: 3 or more, for 10 s". */
export function conditionInWords({ metric, comparison, fire, forMs }: AlertRule): string {
  const { title, unit } = METRICS[metric];
  const level = unit === 'flag' ? '' : `: ${writeAmount(fire, unit)} or ${comparison === 'above' ? 'more' : 'less'}`;
  return `${title}${level}${forMs > 0 ? `, for ${writeAmount(forMs, 'ms')}` : ''}`;
}

export function originOf({ shipped, changed }: RuleEntry): 'shipped' | 'changed' | 'own' {
  if (shipped === null) return 'own';
  return changed ? 'changed' : 'shipped';
}

export const ORIGIN_WORDS: Readonly<Record<ReturnType<typeof originOf>, string>> = {
  shipped: 'as shipped',
  changed: 'changed',
  own: 'your own',
};

export const NO_DATA_WORDS: Readonly<Record<NoDataPolicy, string>> = {
  keep: 'keep the state as it was',
  alert: 'count as a fault',
  ok: 'count as fine',
};
