// What a silence of one's own making is about: a rule or any, a kind of target or any, one target or all of that kind.
import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { TARGET_KINDS, type TargetKind } from '../../../../shared/domain/metrics';
import type { ShownSnapshot } from '../../../../shared/contract/shownSnapshot';
import { useQuery } from '../../hooks/useQuery';
import { useSnapshot } from '../../store/selectors';
import { ruleName } from './incidentWords';
import type { Scope } from './silenceScopes';
import { t } from '../../texts/texts';

const ANY = '';

interface ScopeFieldsProps {
  readonly scope: Scope;
  readonly onChange: (scope: Scope) => void;
}

export function ScopeFields({ scope, onChange }: ScopeFieldsProps): ReactNode {
  const { data } = useQuery('rules.list', null);
  const ids = useSnapshot((snapshot) => idsOf(snapshot, scope.targetKind));
  const names = useSnapshot((snapshot) => idsOf(snapshot, scope.targetKind, true));
  return (
    <>
      <NativeSelect
        label={t('incidents.scopeRule')}
        data-testid="scope-rule"
        value={scope.ruleId ?? ANY}
        onChange={(event) => onChange({ ...scope, ruleId: event.currentTarget.value || null })}
        data={[
          { value: ANY, label: t('incidents.everyRule') },
          ...(data?.rules ?? []).map(({ rule }) => ({ value: rule.id, label: ruleName(rule) })),
        ]}
      />
      <NativeSelect
        label={t('incidents.scopeKind')}
        data-testid="scope-kind"
        value={scope.targetKind ?? ANY}
        onChange={(event) => {
          const kind = TARGET_KINDS.find((known) => known === event.currentTarget.value) ?? null;
          onChange({ ...scope, targetKind: kind, targetId: null });
        }}
        data={[
          { value: ANY, label: t('incidents.anyKind') },
          ...TARGET_KINDS.map((kind) => ({ value: kind, label: t(`incidents.target.${kind}`) })),
        ]}
      />
      {ids.length > 0 && (
        <NativeSelect
          label={t('incidents.scopeTarget')}
          data-testid="scope-target"
          value={scope.targetId ?? ANY}
          onChange={(event) => onChange({ ...scope, targetId: event.currentTarget.value || null })}
          data={[
            { value: ANY, label: t('incidents.allOfThisKind') },
            ...ids.map((id, index) => ({ value: id, label: names[index] ?? id })),
          ]}
        />
      )}
    </>
  );
}

/** The targets of a kind that the snapshot names, by id or by the name that people read. */
function idsOf(snapshot: ShownSnapshot, kind: TargetKind | null, named = false): readonly string[] {
  if (kind === 'collector') return snapshot.collectors.map(({ id, title }) => (named ? title : id));
  if (kind === 'database') return snapshot.databases.map(({ name }) => (named ? `${name}.db` : name));
  if (kind === 'host') return snapshot.hosts.map(({ host }) => host);
  return [];
}
