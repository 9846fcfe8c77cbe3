// What can be brought in from other programs and taken elsewhere, and where everything lies.
import { Anchor, Button } from '@mantine/core';
import { FolderOpen, Save } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SavedSettings } from '../../../../../shared/contract/settings';
import { openDataFolder } from '../../../components/openDataFolder';
import { giveOrder } from '../../../components/orders';
import { Panel } from '../../../components/panel';
import { navigate } from '../../../store/route';
import { useSnapshot } from '../../../store/selectors';
import { CopyPath } from '../copyPath';
import { ImportPanel } from './importPanel';
import { rich } from '../../../texts/rich';
import { t } from '../../../texts/texts';
import classes from '../settings.module.css';

export function FilesSection({ settings }: { readonly settings: SavedSettings }): ReactNode {
  const dataDir = useSnapshot(({ app }) => app.dataDir);
  return (
    <>
      <ImportPanel />
      <Panel title={t('settings.export')} testId="panel-export">
        <div className={classes.body}>
          <p className={classes.words}>
            {rich('settings.exportHint', {
              market: (
                <Anchor component="button" type="button" inherit onClick={() => navigate('market')}>
                  {t('shell.pages.market')}
                </Anchor>
              ),
            })}
          </p>
          <div className={classes.row}>
            <Button
              data-testid="export-settings"
              leftSection={<Save size={14} aria-hidden />}
              onClick={() => void exportSettings()}
            >
              {t('settings.exportSettings')}
            </Button>
          </div>
        </div>
      </Panel>
      <Panel title={t('settings.whereEverythingLies')} testId="panel-places">
        <div className={classes.body}>
          <dl className={classes.facts}>
            <dt>{t('settings.dataFolder')}</dt>
            <dd>
              <CopyPath path={dataDir} what="data_folder" />
              <Button
                size="compact-xs"
                leftSection={<FolderOpen size={12} aria-hidden />}
                onClick={() => void openDataFolder()}
              >
                {t('settings.open')}
              </Button>
            </dd>
            <dt>{t('settings.settingsFile')}</dt>
            <dd>
              <CopyPath path={settings.file} what="settings_file" />
            </dd>
          </dl>
          <p className={classes.faint}>{t('settings.settingsFileHint')}</p>
        </div>
      </Panel>
    </>
  );
}

export function exportSettings(): Promise<boolean> {
  return giveOrder({
    name: 'settings.export',
    args: null,
    accepted: ({ path }) => path && t('settings.settingsExported', { path }),
    refused: t('settings.settingsNotExported'),
  });
}
