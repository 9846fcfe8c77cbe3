// All rules: what each watches, how it stands now, and whether it is still as shipped.
import { Button, Switch } from '@mantine/core';
import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RuleEntry } from '../../../../../shared/contract/alerts';
import type { AlertRule, IncidentMember } from '../../../../../shared/domain/alerts';
import { ruleName } from '../../../components/incidents/incidentWords';
import { giveOrder } from '../../../components/orders';
import { Panel } from '../../../components/panel';
import {
  ALERT_STATE_LOOKS,
  SEVERITY_LOOKS,
  StatusMark,
  type StatusMarkProps,
} from '../../../components/status/statusMark';
import { navigateAlerts } from '../../../store/route';
import { useSnapshot } from '../../../store/selectors';
import { conditionInWords, originOf } from './ruleWords';
import { NEW_RULE } from './ruleForm';
import { t } from '../../../texts/texts';
import classes from './rules.module.css';

interface RulesTableProps {
  readonly rules: readonly RuleEntry[];
  readonly onChanged: () => void;
}

export function RulesTable({ rules, onChanged }: RulesTableProps): ReactNode {
  const changed = rules.filter((entry) => originOf(entry) !== 'shipped').length;
  return (
    <Panel
      title={t('alerts.rules')}
      testId="rules"
      aside={
        <>
          {changed > 0 && <span>{t('alerts.notAsShipped', { count: changed })}</span>}
          <Button
            size="compact-sm"
            data-testid="new-rule"
            leftSection={<Plus size={13} aria-hidden />}
            onClick={() => navigateAlerts('rules', NEW_RULE)}
          >
            {t('alerts.newRule')}
          </Button>
        </>
      }
    >
      <div className={classes.scroll}>
        <table className={classes.table}>
          <caption className="pw-visually-hidden">{t('alerts.rules')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('alerts.columnState')}</th>
              <th scope="col">{t('alerts.columnRule')}</th>
              <th scope="col">{t('alerts.severity')}</th>
              <th scope="col">{t('alerts.columnOn')}</th>
              <th scope="col">
                <span className="pw-visually-hidden">{t('alerts.columnOrders')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rules.map((entry) => (
              <RuleRow key={entry.rule.id} entry={entry} onChanged={onChanged} />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

interface RuleRowProps {
  readonly entry: RuleEntry;
  readonly onChanged: () => void;
}

function RuleRow({ entry, onChanged }: RuleRowProps): ReactNode {
  const { rule } = entry;
  const members = useSnapshot((snapshot) =>
    snapshot.alerts.incidents.flatMap((incident) => incident.members.filter(({ ruleId }) => ruleId === rule.id)),
  );
  const origin = originOf(entry);
  const name = ruleName(rule);
  const severity = SEVERITY_LOOKS[rule.severity];
  return (
    <tr data-testid={`rule-${rule.id}`} data-off={!rule.enabled || undefined}>
      <td className={classes.state}>
        <StatusMark {...standing(rule, members)} size={12} />
      </td>
      <th scope="row">
        <span className={classes.name}>{name}</span>
        {origin !== 'shipped' && <span className={classes.origin}>{t(`alerts.origin.${origin}`)}</span>}
        <span className={classes.condition}>{conditionInWords(rule)}</span>
      </th>
      <td className={classes.state}>
        <StatusMark tone={severity.tone} word={t(severity.wordKey)} size={12} />
      </td>
      <td>
        <Switch
          size="xs"
          aria-label={t('alerts.judgeBy', { name })}
          data-testid={`rule-on-${rule.id}`}
          checked={rule.enabled}
          onChange={(event) => {
            void switchRule(rule, event.currentTarget.checked).then(onChanged);
          }}
        />
      </td>
      <td className={classes.orders}>
        <Button
          size="compact-xs"
          data-testid={`edit-${rule.id}`}
          aria-label={t('alerts.editOne', { name })}
          onClick={() => navigateAlerts('rules', rule.id)}
        >
          {t('alerts.editAsk')}
        </Button>
      </td>
    </tr>
  );
}

function standing({ enabled }: AlertRule, members: readonly IncidentMember[]): StatusMarkProps {
  if (!enabled) return { tone: 'paused', word: t('alerts.ruleOff') };
  const firing = members.filter(({ state }) => state === 'firing');
  const [worst] = firing;
  if (worst)
    return { tone: SEVERITY_LOOKS[worst.severity].tone, word: t('alerts.ruleFiring', { count: firing.length }) };
  const recovering = members.some(({ state }) => state === 'recovering');
  const { tone, wordKey } = recovering ? ALERT_STATE_LOOKS.recovering : ALERT_STATE_LOOKS.inactive;
  return { tone, word: t(wordKey) };
}

function switchRule(rule: AlertRule, enabled: boolean): Promise<boolean> {
  return giveOrder({
    name: 'rule.save',
    args: { rule: { ...rule, enabled } },
    accepted: () => null,
    refused: enabled ? t('alerts.ruleNotOn') : t('alerts.ruleNotOff'),
  });
}
