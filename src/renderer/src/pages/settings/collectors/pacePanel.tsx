// One line for each collector: whether it collects, how often, whether it may change its pace, and what comes of that at present.
import { Switch } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { SavedSettings } from '../../../../../shared/contract/settings';
import type { CollectorSlice } from '../../../../../shared/contract/snapshot';
import { formatDuration } from '../../../../../shared/util/format';
import { giveOrder } from '../../../components/orders';
import { Panel } from '../../../components/panel';
import { useSnapshot } from '../../../store/selectors';
import { BEGINS_ANEW } from '../form/beginsAnew';
import { SaveBar, SettingInput } from '../form/settingInputs';
import { type SettingsForm, useSettingsForm } from '../form/useSettingsForm';
import { adaptsField, intervalField, PACE_FIELDS } from './collectorFields';
import classes from '../settings.module.css';

interface PacePanelProps {
  readonly settings: SavedSettings;
  readonly onSaved: () => void;
}

export function PacePanel({ settings, onSaved }: PacePanelProps): ReactNode {
  const collectors = useSnapshot((snapshot) => snapshot.collectors);
  const form = useSettingsForm({ fields: PACE_FIELDS, saved: settings.saved, onSaved });
  return (
    <Panel title="How often" testId="panel-pace">
      <div className={classes.body}>
        <div className={classes.scroll}>
          <table className={classes.table}>
            <caption className="pw-visually-hidden">Collectors and their pace</caption>
            <thead>
              <tr>
                <th scope="col">Collector</th>
                <th scope="col">On</th>
                <th scope="col">Every</th>
                <th scope="col">Adapts</th>
                <th scope="col">At present</th>
              </tr>
            </thead>
            <tbody>
              {collectors.map((collector) => (
                <PaceRow key={collector.id} collector={collector} form={form} />
              ))}
            </tbody>
          </table>
        </div>
        <p className={classes.faint}>
          A collector that adapts runs less often while nothing changes or calls are short, and more often while much
          does.
        </p>
        <SaveBar form={form} name="pace" note={BEGINS_ANEW} />
      </div>
    </Panel>
  );
}

interface PaceRowProps {
  readonly collector: CollectorSlice;
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
        {pause === null ? `every ${formatDuration(cadence.nowMs)}` : 'paused'}
        {pause === null && cadence.because !== null && (
          <span className={classes.detail}>because {cadence.because}</span>
        )}
      </td>
    </tr>
  );
}

/** Off is a pause without an end: it survives restarts, and every page shows it. */
function OnSwitch({ collector: { id, title, pause } }: { readonly collector: CollectorSlice }): ReactNode {
  const [asked, setAsked] = useState(false);
  const turn = async (on: boolean): Promise<void> => {
    setAsked(true);
    await (on
      ? giveOrder({
          name: 'collector.resume',
          args: { collectorId: id },
          accepted: () => null,
          refused: `${title} was not switched on`,
        })
      : giveOrder({
          name: 'collector.pause',
          args: { collectorId: id, untilMs: null },
          accepted: () => null,
          refused: `${title} was not switched off`,
        }));
    setAsked(false);
  };
  return (
    <Switch
      size="xs"
      aria-label={`${title} collects`}
      data-testid={`collects-${id}`}
      disabled={asked}
      checked={pause === null}
      onChange={(event) => void turn(event.currentTarget.checked)}
    />
  );
}
