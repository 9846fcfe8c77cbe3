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
import classes from '../settings.module.css';

export function FilesSection({ settings }: { readonly settings: SavedSettings }): ReactNode {
  const dataDir = useSnapshot(({ app }) => app.dataDir);
  return (
    <>
      <ImportPanel />
      <Panel title="Export" testId="panel-export">
        <div className={classes.body}>
          <p className={classes.words}>
            The settings as a file: without API keys, addresses of channels and tokens, which are not in the settings at
            all, and without the address of the ping. Data is exported from the{' '}
            <Anchor component="button" type="button" inherit onClick={() => navigate('market')}>
              Market
            </Anchor>{' '}
            page.
          </p>
          <div className={classes.row}>
            <Button
              data-testid="export-settings"
              leftSection={<Save size={14} aria-hidden />}
              onClick={() => void exportSettings()}
            >
              Export the settings…
            </Button>
          </div>
        </div>
      </Panel>
      <Panel title="Where everything lies" testId="panel-places">
        <div className={classes.body}>
          <dl className={classes.facts}>
            <dt>Data folder</dt>
            <dd>
              <CopyPath path={dataDir} what="data_folder" name="the data folder" />
              <Button
                size="compact-xs"
                leftSection={<FolderOpen size={12} aria-hidden />}
                onClick={() => void openDataFolder()}
              >
                Open
              </Button>
            </dd>
            <dt>Settings file</dt>
            <dd>
              <CopyPath path={settings.file} what="settings_file" name="the settings file" />
            </dd>
          </dl>
          <p className={classes.faint}>
            The settings file may be edited while Poolwatch is closed. One that cannot be understood is set aside, never
            overwritten, and a banner says so.
          </p>
        </div>
      </Panel>
    </>
  );
}

export function exportSettings(): Promise<boolean> {
  return giveOrder({
    name: 'settings.export',
    args: null,
    accepted: ({ path }) => path && `The settings were exported to ${path}.`,
    refused: 'The settings were not exported',
  });
}
