// How often each collector runs and whether it does, how much a run asks for, and what follows when it fails.
import type { ReactNode } from 'react';
import type { SavedSettings } from '../../../../../shared/contract/settings';
import { Panel } from '../../../components/panel';
import type { SettingField } from '../form/settingField';
import { SaveBar, SettingInputs } from '../form/settingInputs';
import { useSettingsForm } from '../form/useSettingsForm';
import { ReplacedRemark } from '../replacedRemark';
import { AMOUNT_FIELDS, PATIENCE_FIELDS, WATCHLIST_FIELDS } from './collectorFields';
import { PacePanel } from './pacePanel';
import { t } from '../../../texts/texts';
import classes from '../settings.module.css';

interface SectionProps {
  readonly settings: SavedSettings;
  readonly onSaved: () => void;
}

export function CollectorsSection({ settings, onSaved }: SectionProps): ReactNode {
  const shared = { settings, onSaved };
  return (
    <>
      <ReplacedRemark settings={settings} sections={['collectors', 'topPools', 'ohlcv', 'watchlist']} />
      <PacePanel {...shared} />
      <FieldsPanel {...shared} name="amounts" title={t('settings.howMuch')} fields={AMOUNT_FIELDS} />
      <FieldsPanel {...shared} name="patience" title={t('settings.whenRunsFail')} fields={PATIENCE_FIELDS} />
      <FieldsPanel {...shared} name="watchlist" title={t('settings.watchlist')} fields={WATCHLIST_FIELDS} />
    </>
  );
}

interface FieldsPanelProps extends SectionProps {
  readonly name: string;
  readonly title: string;
  readonly fields: readonly SettingField[];
}

function FieldsPanel({ settings, onSaved, name, title, fields }: FieldsPanelProps): ReactNode {
  const form = useSettingsForm({ fields, saved: settings.saved, onSaved });
  return (
    <Panel title={title} testId={`panel-${name}`}>
      <div className={classes.body}>
        <SettingInputs form={form} fields={fields} />
        <SaveBar form={form} name={name} note={t('settings.beginsAnew')} />
      </div>
    </Panel>
  );
}
