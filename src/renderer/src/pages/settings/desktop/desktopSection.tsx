// How the window looks and what closing it means, and how Poolwatch starts with the computer. Each choice holds at once.
import { Anchor, Checkbox, SegmentedControl } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import type { SavedSettings, SettingsChange } from '../../../../../shared/contract/settings';
import { LANGUAGE_CHOICES, THEMES } from '../../../../../shared/domain/settings';
import { Notice } from '../../../components/notice';
import { giveOrder } from '../../../components/orders';
import { Panel } from '../../../components/panel';
import { useQuery } from '../../../hooks/useQuery';
import { navigateAlerts } from '../../../store/route';
import { useSnapshot } from '../../../store/selectors';
import { rich } from '../../../texts/rich';
import { t } from '../../../texts/texts';
import classes from '../settings.module.css';

interface DesktopSectionProps {
  readonly settings: SavedSettings;
  readonly onSaved: () => void;
}

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
    refused: t('settings.notChanged'),
  });
  onSaved();
}

function AppearancePanel({ onSaved }: Pick<DesktopSectionProps, 'onSaved'>): ReactNode {
  const { theme, motion, language } = useSnapshot(({ app }) => app);
  const themeLabel = useId();
  const languageLabel = useId();
  return (
    <Panel title={t('settings.appearance')} testId="panel-appearance">
      <div className={classes.body}>
        <div>
          <p id={themeLabel} className={classes.faint}>
            {t('settings.theme')}
          </p>
          <SegmentedControl
            aria-labelledby={themeLabel}
            data-testid="setting-theme"
            value={theme}
            onChange={(value) =>
              void change({ appearance: { theme: THEMES.find((one) => one === value) ?? theme } }, onSaved)
            }
            data={THEMES.map((value) => ({ value, label: t(`shell.themes.${value}`) }))}
          />
        </div>
        <div>
          <p id={languageLabel} className={classes.faint}>
            {t('settings.language')}
          </p>
          <SegmentedControl
            aria-labelledby={languageLabel}
            data-testid="setting-language"
            value={language}
            onChange={(value) =>
              void change(
                { appearance: { language: LANGUAGE_CHOICES.find((one) => one === value) ?? language } },
                onSaved,
              )
            }
            data={LANGUAGE_CHOICES.map((value) => ({ value, label: t(`settings.languages.${value}`) }))}
          />
        </div>
        <Checkbox
          label={t('settings.noTransitions')}
          description={t('settings.noTransitionsHint')}
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
      refused: t('settings.startNotChanged'),
    });
    refresh();
  };
  if (startup === null) {
    return (
      <Panel title={t('settings.startAndTray')} testId="panel-start">
        <Notice
          title={error === null ? t('settings.askingSystem') : t('settings.systemSilent')}
          tone={error ? 'error' : 'plain'}
        >
          {error?.message}
        </Notice>
      </Panel>
    );
  }
  const { atLogin, file, tray, unavailable } = startup;
  return (
    <Panel
      title={t('settings.startAndTray')}
      testId="panel-start"
      aside={tray ? t('settings.thereIsTray') : t('settings.noTray')}
    >
      <div className={classes.body}>
        <Checkbox
          label={t('settings.closeToTray')}
          description={tray ? t('settings.closeToTrayHint') : t('settings.closeToTrayNoTray')}
          data-testid="setting-closeToTray"
          checked={closeToTray}
          onChange={(event) => void change({ window: { closeToTray: event.currentTarget.checked } }, onSaved)}
        />
        <Checkbox
          label={t('settings.startAtLogin')}
          description={unavailable ?? (file === null ? t('settings.systemKeepsList') : t('settings.keptIn', { file }))}
          data-testid="setting-atLogin"
          disabled={unavailable !== null}
          checked={atLogin}
          onChange={(event) => void startAtLogin(event.currentTarget.checked)}
        />
        <Checkbox
          label={t('settings.startHidden')}
          description={t('settings.startHiddenHint')}
          data-testid="setting-hiddenAtLogin"
          disabled={unavailable !== null || !atLogin}
          checked={hiddenAtLogin}
          onChange={(event) => void change({ window: { hiddenAtLogin: event.currentTarget.checked } }, onSaved)}
        />
        <p className={classes.faint}>
          {rich('settings.notificationsHint', {
            deliveries: (
              <Anchor component="button" type="button" inherit onClick={() => navigateAlerts('deliveries')}>
                {t('settings.deliveries')}
              </Anchor>
            ),
          })}
        </p>
      </div>
    </Panel>
  );
}
