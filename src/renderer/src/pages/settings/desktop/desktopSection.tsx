// How the window looks and what closing it means, and how Poolwatch starts with the computer. Each choice holds at once.
import { Anchor, Checkbox, SegmentedControl } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import type { SavedSettings, SettingsChange } from '../../../../../shared/contract/settings';
import { THEMES, type Theme } from '../../../../../shared/domain/settings';
import { Notice } from '../../../components/notice';
import { giveOrder } from '../../../components/orders';
import { Panel } from '../../../components/panel';
import { useQuery } from '../../../hooks/useQuery';
import { navigateAlerts } from '../../../store/route';
import { useSnapshot } from '../../../store/selectors';
import classes from '../settings.module.css';

interface DesktopSectionProps {
  readonly settings: SavedSettings;
  readonly onSaved: () => void;
}

const THEME_WORDS: Readonly<Record<Theme, string>> = { system: 'Follow the system', light: 'Light', dark: 'Dark' };

export function DesktopSection({ settings, onSaved }: DesktopSectionProps): ReactNode {
  return (
    <>
      <AppearancePanel onSaved={onSaved} />
      <StartPanel settings={settings} onSaved={onSaved} />
    </>
  );
}

async function change(what: SettingsChange, onSaved: () => void): Promise<void> {
  await giveOrder({
    name: 'settings.change',
    args: { change: what },
    accepted: () => null,
    refused: 'This was not changed',
  });
  onSaved();
}

function AppearancePanel({ onSaved }: Pick<DesktopSectionProps, 'onSaved'>): ReactNode {
  const { theme, motion } = useSnapshot(({ app }) => app);
  const themeLabel = useId();
  return (
    <Panel title="Appearance" testId="panel-appearance">
      <div className={classes.body}>
        <div>
          <p id={themeLabel} className={classes.faint}>
            Theme
          </p>
          <SegmentedControl
            aria-labelledby={themeLabel}
            data-testid="setting-theme"
            value={theme}
            onChange={(value) =>
              void change({ appearance: { theme: THEMES.find((one) => one === value) ?? theme } }, onSaved)
            }
            data={THEMES.map((value) => ({ value, label: THEME_WORDS[value] }))}
          />
        </div>
        <Checkbox
          label="Show no transitions"
          description="Where the system asks for reduced motion, there are none in any case."
          data-testid="setting-motion"
          checked={motion === 'reduced'}
          onChange={(event) =>
            void change({ appearance: { motion: event.currentTarget.checked ? 'reduced' : 'system' } }, onSaved)
          }
        />
      </div>
    </Panel>
  );
}

/** A tray may come and go with its panel. */
const REFRESH_MS = 5_000;

function StartPanel({ settings, onSaved }: DesktopSectionProps): ReactNode {
  const { closeToTray, hiddenAtLogin } = settings.saved.window;
  const { data: startup, error, refresh } = useQuery('startup.get', null, { everyMs: REFRESH_MS });
  const startAtLogin = async (atLogin: boolean): Promise<void> => {
    await giveOrder({
      name: 'startup.set',
      args: { atLogin },
      accepted: () => null,
      refused: 'How Poolwatch starts was not changed',
    });
    refresh();
  };
  if (startup === null) {
    return (
      <Panel title="Start and tray" testId="panel-start">
        <Notice
          title={error === null ? 'Asking the system…' : 'The system does not say'}
          tone={error ? 'error' : 'plain'}
        >
          {error?.message}
        </Notice>
      </Panel>
    );
  }
  const { atLogin, file, tray, unavailable } = startup;
  return (
    <Panel title="Start and tray" testId="panel-start" aside={tray ? 'there is a tray' : 'there is no tray here now'}>
      <div className={classes.body}>
        <Checkbox
          label="Go on collecting when the window is closed"
          description={
            tray
              ? 'The icon in the tray opens the window again, and quits.'
              : 'This needs a tray, and none is shown now: closing the window quits, whatever is chosen here.'
          }
          data-testid="setting-closeToTray"
          checked={closeToTray}
          onChange={(event) => void change({ window: { closeToTray: event.currentTarget.checked } }, onSaved)}
        />
        <Checkbox
          label="Start when I log in"
          description={unavailable ?? (file === null ? 'The system keeps a list of such programs.' : `Kept in ${file}`)}
          data-testid="setting-atLogin"
          disabled={unavailable !== null}
          checked={atLogin}
          onChange={(event) => void startAtLogin(event.currentTarget.checked)}
        />
        <Checkbox
          label="Start then without a window"
          description="Only where there is a tray; elsewhere the window is shown, so that nothing collects unseen."
          data-testid="setting-hiddenAtLogin"
          disabled={unavailable !== null || !atLogin}
          checked={hiddenAtLogin}
          onChange={(event) => void change({ window: { hiddenAtLogin: event.currentTarget.checked } }, onSaved)}
        />
        <p className={classes.faint}>
          Notifications of the desktop are a channel: they are switched and tested under{' '}
          <Anchor component="button" type="button" inherit onClick={() => navigateAlerts('deliveries')}>
            Deliveries
          </Anchor>
          .
        </p>
      </div>
    </Panel>
  );
}
