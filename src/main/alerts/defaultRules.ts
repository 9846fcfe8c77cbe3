// The rules that come with the program. Each can be changed, switched off and put back; their limits keep the promised times of
// detection without alarms from single failures, which every source has.
import type { AlertRule } from '../../shared/domain/alerts';
import { COLLECTOR_RULES } from './defaultRules/collectorRules';
import { DATABASE_RULES } from './defaultRules/databaseRules';
import { NETWORK_RULES } from './defaultRules/networkRules';
import { OWN_RULES } from './defaultRules/ownRules';

export const DEFAULT_RULES: readonly AlertRule[] = [
  ...NETWORK_RULES,
  ...COLLECTOR_RULES,
  ...DATABASE_RULES,
  ...OWN_RULES,
];
