// A rule as a sentence, and whether a person has made it their own.
import type { RuleEntry } from '../../../../../shared/contract/alerts';
import type { AlertRule } from '../../../../../shared/domain/alerts';
import { METRICS } from '../../../../../shared/domain/metrics';
import { writeAmount } from '../../../../../shared/util/metricAmount';
import { t } from '../../../texts/texts';

/** "failed runs in a row: 3 or more, for 10 s". */
export function conditionInWords({ metric, comparison, fire, forMs }: AlertRule): string {
  const { title, unit } = METRICS[metric];
  const level =
    unit === 'flag' ? title : t(`alerts.condition.${comparison}`, { title, level: writeAmount(fire, unit) });
  return forMs > 0 ? t('alerts.conditionFor', { condition: level, duration: writeAmount(forMs, 'ms') }) : level;
}

export function originOf({ shipped, changed }: RuleEntry): 'shipped' | 'changed' | 'own' {
  if (shipped === null) return 'own';
  return changed ? 'changed' : 'shipped';
}
