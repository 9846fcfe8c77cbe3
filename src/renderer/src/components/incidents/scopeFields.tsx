// What a silence of one's own making is about: a rule or any, a kind of target or any, one target or all of that kind.
import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { TARGET_KINDS, type TargetKind } from '../../../../shared/domain/metrics';
import type { AppSnapshot } from '../../../../shared/contract/snapshot';
import { useQuery } from '../../hooks/useQuery';
import { useSnapshot } from '../../store/selectors';
import { ruleName, TARGET_KIND_WORDS } from './incidentWords';
import type { Scope } from './silenceScopes';

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
        label="Rule"
        data-testid="scope-rule"
        value={scope.ruleId ?? ANY}
        onChange={(event) => onChange({ ...scope, ruleId: event.currentTarget.value || null })}
        data={[
          { value: ANY, label: 'every rule' },
          ...(data?.rules ?? []).map(({ rule }) => ({ value: rule.id, label: ruleName(rule) })),
        ]}
      />
      <NativeSelect
        label="Kind of target"
        data-testid="scope-kind"
        value={scope.targetKind ?? ANY}
        onChange={(event) => {
          const kind = TARGET_KINDS.find((known) => known === event.currentTarget.value) ?? null;
          onChange({ ...scope, targetKind: kind, targetId: null });
        }}
        data={[
          { value: ANY, label: 'any' },
          ...TARGET_KINDS.map((kind) => ({ value: kind, label: TARGET_KIND_WORDS[kind] })),
        ]}
      />
      {ids.length > 0 && (
        <NativeSelect
          label="Target"
          data-testid="scope-target"
          value={scope.targetId ?? ANY}
          onChange={(event) => onChange({ ...scope, targetId: event.currentTarget.value || null })}
          data={[
            { value: ANY, label: 'all of this kind' },
            ...ids.map((id, index) => ({ value: id, label: names[index] ?? id })),
          ]}
        />
      )}
    </>
  );
}

/** The targets of a kind that the snapshot names, by id or by the name that people read. */
function idsOf(snapshot: AppSnapshot, kind: TargetKind | null, named = false): readonly string[] {
  if (kind === 'collector') return snapshot.collectors.map(({ id, title }) => (named ? title : id));
  if (kind === 'database') return snapshot.databases.map(({ name }) => (named ? `${name}.db` : name));
  if (kind === 'host') return snapshot.hosts.map(({ host }) => host);
  return [];
}
