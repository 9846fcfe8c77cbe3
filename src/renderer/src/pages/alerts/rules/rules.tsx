// The rules: all of them as a table, or one in the editor.
import type { ReactNode } from 'react';
import { Notice } from '../../../components/notice';
import { useQuery } from '../../../hooks/useQuery';
import { navigateAlerts } from '../../../store/route';
import { NEW_RULE, newRule } from './ruleForm';
import { RuleEditor } from './ruleEditor';
import { RulesTable } from './rulesTable';
import { t } from '../../../texts/texts';
import classes from '../alerts.module.css';

export function Rules({ ruleId }: { readonly ruleId: string | null }): ReactNode {
  const { data, error, refresh } = useQuery('rules.list', null);
  if (data === null) {
    return (
      <div className={classes.empty}>
        {error === null ? (
          <Notice title={t('alerts.readingRules')} />
        ) : (
          <Notice title={t('alerts.rulesNotRead')} tone="error" action={{ label: t('common.tryAgain'), run: refresh }}>
            {error.message}
          </Notice>
        )}
      </div>
    );
  }
  if (ruleId === null) return <RulesTable rules={data.rules} onChanged={refresh} />;
  const close = (): void => navigateAlerts('rules');
  const done = (): void => {
    refresh();
    close();
  };
  if (ruleId === NEW_RULE) {
    const entry = { rule: newRule(data.rules.map(({ rule }) => rule.id)), shipped: null, changed: false };
    return <RuleEditor key={NEW_RULE} entry={entry} isNew onDone={done} onClose={close} />;
  }
  const entry = data.rules.find(({ rule }) => rule.id === ruleId);
  if (!entry) {
    return (
      <div className={classes.empty}>
        <Notice title={t('alerts.noSuchRule')} action={{ label: t('alerts.showAllRules'), run: close }}>
          {t('alerts.mayBeRemoved')}
        </Notice>
      </div>
    );
  }
  return <RuleEditor key={ruleId} entry={entry} isNew={false} onDone={done} onClose={close} />;
}
