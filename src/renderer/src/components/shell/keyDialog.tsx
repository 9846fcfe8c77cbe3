// Asks for an API key and its plan. The key goes to the program at once and is forgotten here when the dialog closes.
import { Anchor, Button, Modal, PasswordInput, SegmentedControl } from '@mantine/core';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { giveOrder } from '../orders';
import { useSource } from './sourceOrders';
import { t } from '../../texts/texts';
import type { PlainTextKey } from '../../texts/textKeys';
import classes from './keyDialog.module.css';

type Plan = 'demo' | 'pro';
const PLANS = [
  { value: 'demo', labelKey: 'shell.planDemo' },
  { value: 'pro', labelKey: 'shell.planPro' },
] as const satisfies readonly { readonly value: Plan; readonly labelKey: PlainTextKey }[];

interface KeyDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function KeyDialog({ opened, onClose }: KeyDialogProps): ReactNode {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('shell.keyDialogTitle')}
      size={440}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {opened && <KeyForm onDone={onClose} />}
    </Modal>
  );
}

function KeyForm({ onDone }: { readonly onDone: () => void }): ReactNode {
  const [plan, setPlan] = useState<Plan>('demo');
  const [apiKey, setApiKey] = useState('');
  const source = useSource();
  const planLabel = useId();
  const trimmed = apiKey.trim();

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (trimmed !== '' && (await source.chooseKey(plan, trimmed))) onDone();
  };

  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)} data-testid="key-dialog">
      <div>
        <p id={planLabel} className={classes.label}>
          {t('shell.planOfKey')}
        </p>
        <SegmentedControl
          fullWidth
          aria-labelledby={planLabel}
          value={plan}
          onChange={(value) => setPlan(value === 'pro' ? 'pro' : 'demo')}
          data={PLANS.map((each) => ({ value: each.value, label: t(each.labelKey) }))}
        />
      </div>
      <PasswordInput
        label={t('shell.apiKey')}
        data-autofocus
        data-testid="api-key"
        autoComplete="off"
        spellCheck={false}
        value={apiKey}
        onChange={(event) => setApiKey(event.currentTarget.value)}
        description={t('shell.apiKeyHint')}
      />
      <div className={classes.actions}>
        <Anchor component="button" type="button" size="sm" onClick={openProvider}>
          {t('shell.openProvider')}
        </Anchor>
        <Button variant="filled" type="submit" data-testid="submit-key" loading={source.busy} disabled={trimmed === ''}>
          {t('shell.useThisKey')}
        </Button>
      </div>
    </form>
  );
}

function openProvider(): void {
  void giveOrder({
    name: 'link.open',
    args: { link: 'geckoterminal' },
    accepted: () => null,
    refused: t('shell.pageNotOpened'),
  });
}
