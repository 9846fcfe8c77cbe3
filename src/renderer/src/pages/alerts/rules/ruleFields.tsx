// The fields of a rule, in the order in which one thinks of it: what, when, how bad, and what if nothing comes.
import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { type AlertRule, NO_DATA_POLICIES, SEVERITIES } from '../../../../../shared/domain/alerts';
import { METRICS, type MetricName, TARGET_KINDS } from '../../../../../shared/domain/metrics';
import { type RuleProblem, unitOf } from '../../../../../shared/domain/ruleCheck';
import { SEVERITY_LOOKS } from '../../../components/status/statusMark';
import type { AmountField, RuleForm } from './ruleForm';
import { t } from '../../../texts/texts';
import classes from './rules.module.css';

interface RuleFieldsProps {
  readonly form: RuleForm;
  readonly isNew: boolean;
  readonly problems: readonly RuleProblem[];
  readonly onChange: (form: RuleForm) => void;
}

const METRIC_NAMES = Object.keys(METRICS) as readonly MetricName[];
const METRIC_CHOICES = TARGET_KINDS.map((kind) => ({
  group: t(`incidents.target.${kind}`),
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
          label={t('alerts.ruleId')}
          inputWrapperOrder={ORDER}
          description={t('alerts.ruleIdHint')}
          data-testid="rule-id"
          error={problem('id')}
          value={form.id}
          onChange={(event) => change({ id: event.currentTarget.value })}
        />
      )}
      <TextInput
        className={classes.wide}
        label={t('alerts.ruleTitle')}
        inputWrapperOrder={ORDER}
        description={t('alerts.ruleTitleHint')}
        data-testid="rule-title"
        error={problem('title')}
        value={form.title}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <NativeSelect
        className={classes.wide}
        label={t('alerts.whatIsWatched')}
        data-testid="rule-metric"
        error={problem('metric')}
        value={form.metric}
        onChange={(event) =>
          change({ metric: METRIC_NAMES.find((name) => name === event.currentTarget.value) ?? form.metric })
        }
        data={METRIC_CHOICES}
      />
      <NativeSelect
        label={t('alerts.firesWhen')}
        data-testid="rule-comparison"
        value={form.comparison}
        onChange={(event) => change({ comparison: event.currentTarget.value === 'below' ? 'below' : 'above' })}
        data={[
          { value: 'above', label: t('alerts.orMore') },
          { value: 'below', label: t('alerts.orLess') },
        ]}
      />
      {amount('fire', t('alerts.levelToFire'), flag ? t('alerts.oneForYes') : undefined)}
      {amount(
        'clear',
        form.comparison === 'above' ? t('alerts.clearsBelow') : t('alerts.clearsAbove'),
        flag ? t('alerts.oneOrLess') : undefined,
      )}
      {amount('forMs', t('alerts.mustHold'))}
      {amount('keepForMs', t('alerts.overAfter'))}
      <TextInput
        label={t('alerts.goodReadings')}
        inputMode="numeric"
        data-testid="rule-goodReadings"
        error={problem('goodReadings')}
        value={form.goodReadings}
        onChange={(event) => change({ goodReadings: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('alerts.severity')}
        data-testid="rule-severity"
        value={form.severity}
        onChange={(event) =>
          change({ severity: SEVERITIES.find((one) => one === event.currentTarget.value) ?? form.severity })
        }
        data={SEVERITIES.map((value) => ({ value, label: t(SEVERITY_LOOKS[value].wordKey) }))}
      />
      <TextInput
        label={t('alerts.onlyTargets')}
        inputWrapperOrder={ORDER}
        description={t('alerts.onlyTargetsHint')}
        data-testid="rule-targets"
        error={problem('targets')}
        value={form.targets}
        onChange={(event) => change({ targets: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('alerts.whenUnknown')}
        data-testid="rule-noData"
        value={form.noData}
        onChange={(event) =>
          change({ noData: NO_DATA_POLICIES.find((one) => one === event.currentTarget.value) ?? form.noData })
        }
        data={NO_DATA_POLICIES.map((value) => ({ value, label: t(`alerts.noData.${value}`) }))}
      />
      {amount('expectedEveryMs', t('alerts.readingEvery'), t('alerts.readingEveryHint'))}
      <Textarea
        className={classes.wide}
        label={t('alerts.advice')}
        data-testid="rule-advice"
        rows={2}
        error={problem('advice')}
        value={form.advice}
        onChange={(event) => change({ advice: event.currentTarget.value })}
      />
      <Checkbox
        className={classes.wide}
        label={t('alerts.waitForNetwork')}
        data-testid="rule-needsNetwork"
        checked={form.needsNetwork}
        onChange={(event) => change({ needsNetwork: event.currentTarget.checked })}
      />
      <Checkbox
        className={classes.wide}
        label={t('alerts.judgeByThis')}
        data-testid="rule-enabled"
        checked={form.enabled}
        onChange={(event) => change({ enabled: event.currentTarget.checked })}
      />
    </div>
  );
}
