// One line for each collector: whether it collects, how often, whether it may change its pace, and what comes of that at present.
import { Switch } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { SavedSettings } from '../../../../../shared/contract/settings';
import type { CollectorState } from '../../../../../shared/contract/snapshot';
import { formatDuration } from '../../../../../shared/util/format';
import { giveOrder } from '../../../components/orders';
import { Panel } from '../../../components/panel';
import { useSnapshot } from '../../../store/selectors';
import { SaveBar, SettingInput } from '../form/settingInputs';
import { type SettingsForm, useSettingsForm } from '../form/useSettingsForm';
import { adaptsField, intervalField, PACE_FIELDS } from './collectorFields';
import { t } from '../../../texts/texts';
import classes from '../settings.module.css';

interface PacePanelProps {
  readonly settings: SavedSettings;
  readonly onSaved: () => void;
}

export function PacePanel({ settings, onSaved }: PacePanelProps): ReactNode {
  const collectors = useSnapshot((snapshot) => snapshot.collectors);
  const form = useSettingsForm({ fields: PACE_FIELDS, saved: settings.saved, onSaved });
  return (
    <Panel title={t('settings.howOften')} testId="panel-pace">
      <div className={classes.body}>
        <div className={classes.scroll}>
          <table className={classes.table}>
            <caption className="pw-visually-hidden">{t('settings.paceCaption')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('settings.columnCollector')}</th>
                <th scope="col">{t('settings.columnOn')}</th>
                <th scope="col">{t('settings.columnEvery')}</th>
                <th scope="col">{t('settings.columnAdapts')}</th>
                <th scope="col">{t('settings.columnNow')}</th>
              </tr>
            </thead>
            <tbody>
              {collectors.map((collector) => (
                <PaceRow key={collector.id} collector={collector} form={form} />
              ))}
            </tbody>
          </table>
        </div>
        <p className={classes.faint}>{t('settings.adaptsHint')}</p>
        <SaveBar form={form} name="pace" note={t('settings.beginsAnew')} />
      </div>
    </Panel>
  );
}

interface PaceRowProps {
  readonly collector: CollectorState;
  readonly form: SettingsForm;
}

function PaceRow({ collector, form }: PaceRowProps): ReactNode {
  const { id, title, description, pause, cadence } = collector;
  return (
    <tr data-testid={`pace-${id}`}>
      <th scope="row">
        <span className={classes.name}>{title}</span>
        <span className={classes.detail}>{description}</span>
      </th>
      <td>
        <OnSwitch collector={collector} />
      </td>
      <td className={classes.interval}>
        <SettingInput form={form} field={intervalField(id, title)} bare />
      </td>
      <td>
        <SettingInput form={form} field={adaptsField(id, title)} bare />
      </td>
      <td className={classes.present} data-testid={`present-${id}`}>
        {pause === null ? t('settings.every', { nowMs: formatDuration(cadence.nowMs) }) : t('settings.paused')}
        {pause === null && cadence.because !== null && (
          <span className={classes.detail}>{t('settings.because', { because: cadence.because })}</span>
        )}
      </td>
    </tr>
  );
}

/** Off is a pause without an end: it survives restarts, and every page shows it. */
function OnSwitch({ collector: { id, title, pause } }: { readonly collector: CollectorState }): ReactNode {
  const [asked, setAsked] = useState(false);
  const turn = async (on: boolean): Promise<void> => {
    setAsked(true);
    await (on
      ? giveOrder({
          name: 'collector.resume',
          args: { collectorId: id },
          accepted: () => null,
          refused: t('settings.notSwitchedOn', { title }),
        })
      : giveOrder({
          name: 'collector.pause',
          args: { collectorId: id, untilMs: null },
          accepted: () => null,
          refused: t('settings.notSwitchedOff', { title }),
        }));
    setAsked(false);
  };
  return (
    <Switch
      size="xs"
      aria-label={t('settings.collects', { title })}
      data-testid={`collects-${id}`}
      disabled={asked}
      checked={pause === null}
      onChange={(event) => void turn(event.currentTarget.checked)}
    />
  );
}
