// How long rows are kept, beside what that costs. Keeping less deletes, so it is asked about.
import { type ReactNode, useState } from 'react';
import type { SavedSettings } from '../../../../../shared/contract/settings';
import { ConfirmDialog } from '../../../components/confirmDialog';
import { Panel } from '../../../components/panel';
import { RetentionPanel } from '../../database/retentionPanel';
import { type SettingField, valueAt } from '../form/settingField';
import { SaveBar, SettingInputs } from '../form/settingInputs';
import { type SettingsForm, useSettingsForm } from '../form/useSettingsForm';
import classes from '../settings.module.css';

export const KEEPING_FIELDS: readonly SettingField[] = [
  { path: 'retention.candlesDays.minute', label: 'Minute candles', kind: 'days', hint: 'Candles of seconds, too.' },
  { path: 'retention.candlesDays.hour', label: 'Hour candles', kind: 'days' },
  { path: 'retention.candlesDays.day', label: 'Day candles', kind: 'days' },
  { path: 'retention.tradesDays', label: 'Trades', kind: 'days' },
  { path: 'retention.poolHistoryDays', label: 'History of pools', kind: 'days', hint: 'Snapshots and scores.' },
  { path: 'retention.runsDays', label: 'Runs, alerts and notices', kind: 'days' },
  { path: 'retention.samplesDays', label: 'Samples of the databases', kind: 'days' },
];

interface KeepingSectionProps {
  readonly settings: SavedSettings;
  readonly onSaved: () => void;
}

export function KeepingSection({ settings, onSaved }: KeepingSectionProps): ReactNode {
  const form = useSettingsForm({ fields: KEEPING_FIELDS, saved: settings.saved, onSaved });
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Panel title="Kept for" aside="in days; empty keeps for ever" testId="panel-keeping">
        <div className={classes.body}>
          <SettingInputs form={form} fields={KEEPING_FIELDS} />
          <SaveBar form={form} name="keeping" {...(keepsLess(form, settings) && { onSave: () => setAsking(true) })} />
          <ConfirmDialog
            opened={asking}
            title="Keep less?"
            confirm="Save"
            onClose={() => setAsking(false)}
            onConfirm={() => void form.save()}
          >
            <p>
              Rows that are older are deleted with the next clean-up, once a day, between commits. Backups that exist
              keep them; everything younger stays.
            </p>
          </ConfirmDialog>
        </div>
      </Panel>
      {/* What is saved now is shown at once. */}
      <RetentionPanel key={JSON.stringify(settings.saved.retention)} />
    </>
  );
}

/** Null is for ever. */
function keepsLess({ values }: SettingsForm, { saved }: SavedSettings): boolean {
  const days = (value: unknown): number => (typeof value === 'number' ? value : Infinity);
  return [...(values ?? [])].some(([path, value]) => days(value) < days(valueAt(saved, path)));
}
