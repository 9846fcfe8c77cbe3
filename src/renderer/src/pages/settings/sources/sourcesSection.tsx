// Where the data comes from, where the key to it is kept, how many calls are made, and the way to rules and channels.
import { Anchor, Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { About, SavedSettings } from '../../../../../shared/contract/settings';
import type { KeyPlan } from '../../../../../shared/domain/settings';
import { formatQuantity } from '../../../../../shared/util/format';
import { ConfirmDialog } from '../../../components/confirmDialog';
import { Panel } from '../../../components/panel';
import { SOURCE_NAMES } from '../../../components/shell/rail';
import { useSource } from '../../../components/shell/sourceOrders';
import { useQuery } from '../../../hooks/useQuery';
import { navigateAlerts } from '../../../store/route';
import { useSnapshot } from '../../../store/selectors';
import { BEGINS_ANEW } from '../form/beginsAnew';
import type { SettingField } from '../form/settingField';
import { SaveBar, SettingInputs } from '../form/settingInputs';
import { useSettingsForm } from '../form/useSettingsForm';
import { ReplacedRemark } from '../replacedRemark';
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
      <Panel title="Rules and channels" testId="panel-alerts">
        <div className={classes.body}>
          <p className={classes.words}>
            What counts as a fault is decided by{' '}
            <Anchor component="button" type="button" inherit onClick={() => navigateAlerts('rules')}>
              rules
            </Anchor>
            , and who is told by{' '}
            <Anchor component="button" type="button" inherit onClick={() => navigateAlerts('deliveries')}>
              channels
            </Anchor>
            ; both are on the Alerts page.
          </p>
        </div>
      </Panel>
    </>
  );
}

const PLAN_WORDS: Readonly<Record<Exclude<KeyPlan, 'none'>, string>> = {
  demo: 'A CoinGecko Demo key',
  pro: 'A CoinGecko Pro key',
};

const KEPT_WORDS: Readonly<Record<About['secrets'], string>> = {
  keychain: 'A key is kept in the keychain of this system, never in the settings file, a log or the database.',
  memory:
    'This system has no keychain: a key is kept in memory until Poolwatch closes, and has to be given again then.',
};

function SourcePanel({ onHaveKey }: { readonly onHaveKey: () => void }): ReactNode {
  const { mode, keyPlan } = useSnapshot(({ app }) => app);
  const secrets = useQuery('app.about', null).data?.secrets ?? null;
  const source = useSource();
  const isLive = mode === 'live';
  return (
    <Panel title="Source" testId="panel-source">
      <div className={classes.body}>
        <dl className={classes.facts}>
          <dt>In use</dt>
          <dd data-testid="source-in-use">
            {SOURCE_NAMES[mode]}
            <span className={classes.faint}>
              {isLive ? 'real data, over the network' : 'made on this machine; its data never mixes with real data'}
            </span>
          </dd>
          <dt>API key</dt>
          <dd data-testid="key-in-use">
            {keyPlan === 'none' ? `none${isLive ? ': the public API is asked' : ' is needed'}` : PLAN_WORDS[keyPlan]}
            <span className={classes.faint}>{secrets !== null && KEPT_WORDS[secrets]}</span>
          </dd>
        </dl>
        <div className={classes.row}>
          {isLive ? (
            <Button loading={source.busy} onClick={() => void source.chooseDemo()}>
              Use the demo market
            </Button>
          ) : (
            <Button loading={source.busy} data-testid="use-live" onClick={() => void source.chooseLive()}>
              Use live GeckoTerminal
            </Button>
          )}
          <Button data-testid="give-key" disabled={source.busy} onClick={onHaveKey}>
            {keyPlan === 'none' ? 'I have an API key…' : 'Change the API key…'}
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
        Forget the key…
      </Button>
      <ConfirmDialog
        opened={asking}
        title="Forget the API key?"
        confirm="Forget it"
        onClose={() => setAsking(false)}
        onConfirm={onForget}
      >
        <p>
          It is deleted here. Collecting goes on over the public API, with fewer calls; all data that was collected
          stays.
        </p>
      </ConfirmDialog>
    </>
  );
}

const CALL_FIELDS: readonly SettingField[] = [
  {
    path: 'source.callsPerMinute',
    label: 'Calls a minute at most',
    kind: 'optional_count',
    hint: 'Empty: as many as the plan allows.',
  },
];

function CallsPanel({ settings, onSaved }: Omit<SourcesSectionProps, 'onHaveKey'>): ReactNode {
  const hosts = useSnapshot((snapshot) => snapshot.hosts);
  const form = useSettingsForm({ fields: CALL_FIELDS, saved: settings.saved, onSaved });
  return (
    <Panel
      title="Calls"
      testId="panel-calls"
      aside={
        <span data-testid="calls-now">
          {hosts
            .map(({ host, callsPerMinute }) => `${host}: ${formatQuantity(callsPerMinute, 'call')} a minute`)
            .join(', ')}
        </span>
      }
    >
      <div className={classes.body}>
        <SettingInputs form={form} fields={CALL_FIELDS} />
        <SaveBar form={form} name="calls" note={BEGINS_ANEW} />
      </div>
    </Panel>
  );
}
