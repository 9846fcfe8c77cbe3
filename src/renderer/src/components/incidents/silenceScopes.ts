// What can be silenced from an incident: its fault alone, everything about the same target, or the same rule everywhere.
import type { SilenceArgs } from '../../../../shared/contract/alerts';
import type { CollectorState } from '../../../../shared/contract/snapshot';
import type { Incident } from '../../../../shared/domain/alerts';
import { targetName } from './incidentWords';
import { t } from '../../texts/texts';

export type Scope = Pick<SilenceArgs, 'ruleId' | 'targetKind' | 'targetId'>;

export interface ScopeChoice {
  readonly label: string;
  readonly scope: Scope;
}

export function scopesOf(
  { root, rootRuleId }: Incident,
  collectors: readonly Pick<CollectorState, 'id' | 'title'>[],
): readonly ScopeChoice[] {
  const name = targetName(root, collectors);
  return [
    {
      label: t('incidents.thisFaultOf', { name }),
      scope: { ruleId: rootRuleId, targetKind: root.kind, targetId: root.id },
    },
    {
      label: t('incidents.everythingAbout', { name }),
      scope: { ruleId: null, targetKind: root.kind, targetId: root.id },
    },
    { label: t('incidents.thisRule'), scope: { ruleId: rootRuleId, targetKind: null, targetId: null } },
  ];
}
