// What can be silenced from an incident: its fault alone, everything about the same target, or the same rule everywhere.
import type { SilenceArgs } from '../../../../shared/contract/alerts';
import type { CollectorSlice } from '../../../../shared/contract/snapshot';
import type { Incident } from '../../../../shared/domain/alerts';
import { targetName } from './incidentWords';

export type Scope = Pick<SilenceArgs, 'ruleId' | 'targetKind' | 'targetId'>;

export interface ScopeChoice {
  readonly label: string;
  readonly scope: Scope;
}

export function scopesOf(
  { root, rootRuleId }: Incident,
  collectors: readonly Pick<CollectorSlice, 'id' | 'title'>[],
): readonly ScopeChoice[] {
  const name = targetName(root, collectors);
  return [
    { label: `this fault of ${name}`, scope: { ruleId: rootRuleId, targetKind: root.kind, targetId: root.id } },
    { label: `everything about ${name}`, scope: { ruleId: null, targetKind: root.kind, targetId: root.id } },
    { label: 'this rule, on every target', scope: { ruleId: rootRuleId, targetKind: null, targetId: null } },
  ];
}
