// The fields of a rule, in the order in which one thinks of it: what, when, how bad, and what if nothing comes.
import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { type AlertRule, NO_DATA_POLICIES, SEVERITIES } from '../../../../../shared/domain/alerts';
import { METRICS, type MetricName, TARGET_KINDS } from '../../../../../shared/domain/metrics';
import { type RuleProblem, unitOf } from '../../../../../shared/domain/ruleCheck';
import { TARGET_KIND_WORDS } from '../../../components/incidents/incidentWords';
import { SEVERITY_LOOKS } from '../../../components/status/statusMark';
import type { AmountField, RuleForm } from './ruleForm';
import { NO_DATA_WORDS } from './ruleWords';
import classes from './rules.module.css';

interface RuleFieldsProps {
  readonly form: RuleForm;
  readonly isNew: boolean;
  readonly problems: readonly RuleProblem[];
  readonly onChange: (form: RuleForm) => void;
}

const METRIC_NAMES = Object.keys(METRICS) as readonly MetricName[];
const METRIC_CHOICES = TARGET_KINDS.map((kind) => ({
  group: TARGET_KIND_WORDS[kind],
  items: METRIC_NAMES.filter((name) => METRICS[name].target === kind).map((name) => ({
    value: name,
    label: METRICS[name].title,
  })),
}));

/** Descriptions under the fields, so that fields in a line stand in a line. */
const ORDER: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error'];

export function RuleFields({ form, isNew, problems, onChange }: RuleFieldsProps): ReactNode {
  const problem = (field: keyof AlertRule): string | null =>
    problems.find((one) => one.field === field)?.message ?? null;
  const change = (part: Partial<RuleForm>): void => onChange({ ...form, ...part });
  const amount = (field: AmountField, label: string, description?: string): ReactNode => (
    <TextInput
      label={label}
      inputWrapperOrder={ORDER}
      description={description}
      data-testid={`rule-${field}`}
      error={problem(field)}
      value={form[field]}
      onChange={(event) => change({ [field]: event.currentTarget.value })}
    />
  );
  const flag = unitOf(form.metric) === 'flag';
  return (
    <div className={classes.fields}>
      {isNew && (
        <TextInput
          label="Id"
          inputWrapperOrder={ORDER}
          description="Stays for good; letters, digits, dots, hyphens."
          data-testid="rule-id"
          error={problem('id')}
          value={form.id}
          onChange={(event) => change({ id: event.currentTarget.value })}
        />
      )}
      <TextInput
        className={classes.wide}
        label="Title"
        inputWrapperOrder={ORDER}
        description="{target} stands for the name of what it is about."
        data-testid="rule-title"
        error={problem('title')}
        value={form.title}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <NativeSelect
        className={classes.wide}
        label="What is watched"
        data-testid="rule-metric"
        error={problem('metric')}
        value={form.metric}
        onChange={(event) =>
          change({ metric: METRIC_NAMES.find((name) => name === event.currentTarget.value) ?? form.metric })
        }
        data={METRIC_CHOICES}
      />
      <NativeSelect
        label="Fires when it is"
        data-testid="rule-comparison"
        value={form.comparison}
        onChange={(event) => change({ comparison: event.currentTarget.value === 'below' ? 'below' : 'above' })}
        data={[
          { value: 'above', label: 'this much or more' },
          { value: 'below', label: 'this much or less' },
        ]}
      />
      {amount('fire', 'Level to fire at', flag ? '1 for yes' : undefined)}
      {amount('clear', `Clears ${form.comparison === 'above' ? 'below' : 'above'}`, flag ? '1, or less' : undefined)}
      {amount('forMs', 'Must hold for')}
      {amount('keepForMs', 'Over after being good for')}
      <TextInput
        label="And after good readings"
        inputMode="numeric"
        data-testid="rule-goodReadings"
        error={problem('goodReadings')}
        value={form.goodReadings}
        onChange={(event) => change({ goodReadings: event.currentTarget.value })}
      />
      <NativeSelect
        label="Severity"
        data-testid="rule-severity"
        value={form.severity}
        onChange={(event) =>
          change({ severity: SEVERITIES.find((one) => one === event.currentTarget.value) ?? form.severity })
        }
        data={SEVERITIES.map((value) => ({ value, label: SEVERITY_LOOKS[value].word }))}
      />
      <TextInput
        label="Only these targets"
        inputWrapperOrder={ORDER}
        description="Ids with commas; empty for all."
        data-testid="rule-targets"
        error={problem('targets')}
        value={form.targets}
        onChange={(event) => change({ targets: event.currentTarget.value })}
      />
      <NativeSelect
        label="When nothing is known"
        data-testid="rule-noData"
        value={form.noData}
        onChange={(event) =>
          change({ noData: NO_DATA_POLICIES.find((one) => one === event.currentTarget.value) ?? form.noData })
        }
        data={NO_DATA_POLICIES.map((value) => ({ value, label: NO_DATA_WORDS[value] }))}
      />
      {amount('expectedEveryMs', 'A reading is expected every', 'Three times this without one is “nothing known”.')}
      <Textarea
        className={classes.wide}
        label="What to do about it"
        data-testid="rule-advice"
        rows={2}
        error={problem('advice')}
        value={form.advice}
        onChange={(event) => change({ advice: event.currentTarget.value })}
      />
      <Checkbox
        className={classes.wide}
        label="Wait for the network after a start or a sleep"
        data-testid="rule-needsNetwork"
        checked={form.needsNetwork}
        onChange={(event) => change({ needsNetwork: event.currentTarget.checked })}
      />
      <Checkbox
        className={classes.wide}
        label="Judge by this rule"
        data-testid="rule-enabled"
        checked={form.enabled}
        onChange={(event) => change({ enabled: event.currentTarget.checked })}
      />
    </div>
  );
}
