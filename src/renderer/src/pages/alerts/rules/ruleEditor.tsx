// One rule as a form or as text, with what is wrong about it at the field, and what it would have done in the past week.
import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { ArrowLeft } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { RuleEntry } from '../../../../../shared/contract/alerts';
import type { AlertRule } from '../../../../../shared/domain/alerts';
import { ConfirmDialog } from '../../../components/confirmDialog';
import { ruleName } from '../../../components/incidents/incidentWords';
import { giveOrder } from '../../../components/orders';
import { Panel } from '../../../components/panel';
import { BackTestPanel } from './backTestPanel';
import { RuleFields } from './ruleFields';
import { checkForm, checkText, type RuleForm, toForm, toText } from './ruleForm';
import { originOf } from './ruleWords';
import { t } from '../../../texts/texts';
import classes from './rules.module.css';

/** Whichever is written in last holds; the other is made of it when it is turned to. */
type Draft = { readonly view: 'form'; readonly form: RuleForm } | { readonly view: 'text'; readonly text: string };

interface RuleEditorProps {
  readonly entry: RuleEntry;
  readonly isNew: boolean;
  /** After it was stored, reset or removed. */
  readonly onDone: () => void;
  readonly onClose: () => void;
}

export function RuleEditor({ entry, isNew, onDone, onClose }: RuleEditorProps): ReactNode {
  const { rule: stored } = entry;
  const [draft, setDraft] = useState<Draft>({ view: 'form', form: toForm(stored) });
  const [saving, setSaving] = useState(false);
  const checked = draft.view === 'form' ? checkForm(draft.form, stored.version) : checkText(draft.text, stored.version);
  const problems =
    !isNew && checked.rule !== null && checked.rule.id !== stored.id
      ? [{ field: 'id', message: t('alerts.idStays', { id: stored.id }) } as const]
      : checked.problems;
  const rule = problems.length === 0 ? checked.rule : null;

  const show = (view: Draft['view']): void => {
    // What is not a rule yet cannot be shown the other way without losing what was written.
    if (checked.rule === null || view === draft.view) return;
    setDraft(view === 'form' ? { view, form: toForm(checked.rule) } : { view, text: toText(checked.rule) });
  };
  const save = async (): Promise<void> => {
    if (rule === null) return;
    setSaving(true);
    const accepted = await saveRule(rule);
    setSaving(false);
    if (accepted) onDone();
  };

  return (
    <div className={classes.editor} data-testid="rule-editor">
      <Panel
        title={
          <span className={classes.editorTitle}>
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={<ArrowLeft size={13} aria-hidden />}
              onClick={onClose}
            >
              {t('alerts.rules')}
            </Button>
            {isNew ? t('alerts.aNewRule') : ruleName(stored)}
            <span className={classes.origin}>
              {isNew ? t('alerts.notStoredYet') : t(`alerts.origin.${originOf(entry)}`)}
            </span>
          </span>
        }
        aside={
          <SegmentedControl
            aria-label={t('alerts.writeRuleAs')}
            data-testid="rule-view"
            value={draft.view}
            onChange={(value) => show(value === 'text' ? 'text' : 'form')}
            data={[
              { value: 'form', label: t('alerts.form'), disabled: checked.rule === null && draft.view !== 'form' },
              { value: 'text', label: t('alerts.text'), disabled: checked.rule === null && draft.view !== 'text' },
            ]}
          />
        }
      >
        <div className={classes.editorBody}>
          {draft.view === 'form' ? (
            <RuleFields
              form={draft.form}
              isNew={isNew}
              problems={problems}
              onChange={(form) => setDraft({ view: 'form', form })}
            />
          ) : (
            <Textarea
              label={t('alerts.ruleAsJson')}
              classNames={{ input: classes.text }}
              data-testid="rule-text"
              rows={22}
              spellCheck={false}
              value={draft.text}
              error={problems.length === 0 ? null : <ProblemList problems={problems} />}
              onChange={(event) => setDraft({ view: 'text', text: event.currentTarget.value })}
            />
          )}
          <div className={classes.editorActions}>
            {!isNew && <Undo entry={entry} onDone={onDone} />}
            <span className={classes.spacer} />
            <Button onClick={onClose}>{t('common.notNow')}</Button>
            <Button
              variant="filled"
              data-testid="save-rule"
              loading={saving}
              disabled={rule === null}
              onClick={() => void save()}
            >
              {t('common.save')}
            </Button>
          </div>
        </div>
      </Panel>
      <BackTestPanel rule={rule} onLevel={(fire) => setDraft(withLevel(rule ?? stored, fire, draft.view))} />
    </div>
  );
}

function ProblemList({
  problems,
}: {
  readonly problems: readonly { field: string | null; message: string }[];
}): ReactNode {
  return (
    <>
      {problems.map(({ field, message }) => (
        <span key={`${field} ${message}`} className={classes.problem}>
          {field !== null && <code>{field}: </code>}
          {message}
        </span>
      ))}
    </>
  );
}

/** A suggested level to fire at; the level to clear at keeps its distance in proportion. */
function withLevel(rule: AlertRule, fire: number, view: Draft['view']): Draft {
  const clear = rule.fire === 0 ? Math.min(rule.clear, fire) : (rule.clear / rule.fire) * fire;
  const changed = { ...rule, fire, clear };
  return view === 'form' ? { view, form: toForm(changed) } : { view, text: toText(changed) };
}

function saveRule(rule: AlertRule): Promise<boolean> {
  return giveOrder({
    name: 'rule.save',
    args: { rule },
    accepted: ({ version }) => t('alerts.ruleStored', { rule: ruleName(rule), version }),
    refused: t('alerts.ruleNotStored'),
  });
}

/** The way back: to what was shipped, or, for a rule of one's own, out. */
function Undo({ entry, onDone }: { readonly entry: RuleEntry; readonly onDone: () => void }): ReactNode {
  const { rule } = entry;
  const [asking, setAsking] = useState(false);
  const origin = originOf(entry);
  if (origin === 'shipped') return null;
  const own = origin === 'own';
  const undo = async (): Promise<void> => {
    const accepted = await giveOrder({
      name: own ? 'rule.remove' : 'rule.reset',
      args: { ruleId: rule.id },
      accepted: () => (own ? t('alerts.ruleRemoved') : t('alerts.ruleReset')),
      refused: own ? t('alerts.ruleNotRemoved') : t('alerts.ruleNotReset'),
    });
    if (accepted) onDone();
  };
  return (
    <>
      <Button data-testid={own ? 'remove-rule' : 'reset-rule'} onClick={() => setAsking(true)}>
        {own ? t('alerts.removeAsk') : t('alerts.resetAsk')}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={own ? t('alerts.removeRuleTitle') : t('alerts.resetRuleTitle')}
        confirm={own ? t('alerts.remove') : t('alerts.reset')}
        onClose={() => setAsking(false)}
        onConfirm={() => void undo()}
      >
        <p>{own ? t('alerts.removeRuleHint') : t('alerts.resetRuleHint')}</p>
      </ConfirmDialog>
    </>
  );
}
