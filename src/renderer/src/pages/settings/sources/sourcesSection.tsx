// Where the data comes from, where the key to it is kept, how many calls are made, and the way to rules and channels.
import { Anchor, Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { SavedSettings } from '../../../../../shared/contract/settings';
import { ConfirmDialog } from '../../../components/confirmDialog';
import { Panel } from '../../../components/panel';
import { useSource } from '../../../components/shell/sourceOrders';
import { useQuery } from '../../../hooks/useQuery';
import { navigateAlerts } from '../../../store/route';
import { useSnapshot } from '../../../store/selectors';
import type { SettingField } from '../form/settingField';
import { SaveBar, SettingInputs } from '../form/settingInputs';
import { useSettingsForm } from '../form/useSettingsForm';
import { ReplacedRemark } from '../replacedRemark';
import { rich } from '../../../texts/rich';
import { t } from '../../../texts/texts';
import classes from '../settings.module.css';

interface SourcesSectionProps {
  readonly settings: SavedSettings;
  readonly onSaved: () => void;
  readonly onHaveKey: () => void;
}

export function SourcesSection({ settings, onSaved, onHaveKey }: SourcesSectionProps): ReactNode {
  return (
    <>
      <SourcePanel onHaveKey={onHaveKey} />
      <ReplacedRemark settings={settings} sections={['source']} />
      <CallsPanel settings={settings} onSaved={onSaved} />
      <Panel title={t('settings.rulesAndChannels')} testId="panel-alerts">
        <div className={classes.body}>
          <p className={classes.words}>
            {rich('settings.rulesAndChannelsHint', {
              rules: (
                <Anchor component="button" type="button" inherit onClick={() => navigateAlerts('rules')}>
                  {t('settings.rules')}
                </Anchor>
              ),
              channels: (
                <Anchor component="button" type="button" inherit onClick={() => navigateAlerts('deliveries')}>
                  {t('settings.channels')}
                </Anchor>
              ),
            })}
          </p>
        </div>
      </Panel>
    </>
  );
}

function SourcePanel({ onHaveKey }: { readonly onHaveKey: () => void }): ReactNode {
  const { mode, keyPlan } = useSnapshot(({ app }) => app);
  const secrets = useQuery('app.about', null).data?.secrets ?? null;
  const source = useSource();
  const isLive = mode === 'live';
  return (
    <Panel title={t('settings.source')} testId="panel-source">
      <div className={classes.body}>
        <dl className={classes.facts}>
          <dt>{t('settings.inUse')}</dt>
          <dd data-testid="source-in-use">
            {t(`shell.sources.${mode}`)}
            <span className={classes.faint}>{isLive ? t('settings.realData') : t('settings.madeHere')}</span>
          </dd>
          <dt>{t('settings.apiKey')}</dt>
          <dd data-testid="key-in-use">
            {keyPlan === 'none'
              ? isLive
                ? t('settings.noKeyLive')
                : t('settings.noKeyDemo')
              : t(`settings.key.${keyPlan}`)}
            <span className={classes.faint}>{secrets !== null && t(`settings.keyKept.${secrets}`)}</span>
          </dd>
        </dl>
        <div className={classes.row}>
          {isLive ? (
            <Button loading={source.busy} onClick={() => void source.chooseDemo()}>
              {t('shell.useDemo')}
            </Button>
          ) : (
            <Button loading={source.busy} data-testid="use-live" onClick={() => void source.chooseLive()}>
              {t('shell.useLive')}
            </Button>
          )}
          <Button data-testid="give-key" disabled={source.busy} onClick={onHaveKey}>
            {keyPlan === 'none' ? t('shell.haveKey') : t('shell.changeKey')}
          </Button>
          {isLive && keyPlan !== 'none' && <ForgetKey busy={source.busy} onForget={() => void source.chooseLive()} />}
        </div>
      </div>
    </Panel>
  );
}

function ForgetKey({ busy, onForget }: { readonly busy: boolean; readonly onForget: () => void }): ReactNode {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button disabled={busy} data-testid="forget-key" onClick={() => setAsking(true)}>
        {t('settings.forgetKeyAsk')}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t('settings.forgetKeyTitle')}
        confirm={t('settings.forgetIt')}
        onClose={() => setAsking(false)}
        onConfirm={onForget}
      >
        <p>{t('settings.forgetKeyHint')}</p>
      </ConfirmDialog>
    </>
  );
}

const CALL_FIELDS: readonly SettingField[] = [
  {
    path: 'source.callsPerMinute',
    label: () => t('settings.field.callsAMinute'),
    kind: 'optional_count',
    hint: () => t('settings.field.callsAMinuteHint'),
  },
];

function CallsPanel({ settings, onSaved }: Omit<SourcesSectionProps, 'onHaveKey'>): ReactNode {
  const hosts = useSnapshot((snapshot) => snapshot.hosts);
  const form = useSettingsForm({ fields: CALL_FIELDS, saved: settings.saved, onSaved });
  return (
    <Panel
      title={t('settings.calls')}
      testId="panel-calls"
      aside={
        <span data-testid="calls-now">
          {hosts
            .map(({ host, callsPerMinute }) =>
              t('settings.hostCalls', { host, callsPerMinute: t('common.calls', { count: callsPerMinute }) }),
            )
            .join(', ')}
        </span>
      }
    >
      <div className={classes.body}>
        <SettingInputs form={form} fields={CALL_FIELDS} />
        <SaveBar form={form} name="calls" note={t('settings.beginsAnew')} />
      </div>
    </Panel>
  );
}
