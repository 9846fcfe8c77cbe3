// One quiet line at the bottom: how fresh the window is, what runs, where the data lies.
import { Kbd, Tooltip, UnstyledButton } from '@mantine/core';
import { FolderOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatClock } from '../../../../shared/util/format';
import { togglePalette } from '../../store/overlayStore';
import { useSnapshotStore } from '../../store/snapshotStore';
import { useConnectionLost } from './connectionBar';
import { openDataFolder } from '../openDataFolder';
import { isMac, keysInWords, shortcut } from '../shortcuts/shortcutTable';
import { rich } from '../../texts/rich';
import { t } from '../../texts/texts';
import classes from './statusBar.module.css';

export function StatusBar(): ReactNode {
  const app = useSnapshotStore((state) => state.snapshot?.app ?? null);
  return (
    <footer className={classes.bar}>
      <Freshness />
      {app !== null && (
        <>
          <Tooltip label={t('shell.openDataFolder', { dataDir: app.dataDir })}>
            <UnstyledButton
              className={classes.folder}
              onClick={() => void openDataFolder()}
              aria-label={t('shell.openDataFolderLabel', { dataDir: app.dataDir })}
            >
              <FolderOpen size={13} strokeWidth={1.75} aria-hidden />
              <bdi className={classes.path}>{app.dataDir}</bdi>
            </UnstyledButton>
          </Tooltip>
          <UnstyledButton className={classes.commands} data-testid="open-palette" onClick={togglePalette}>
            {rich('shell.commandsKey', { kbd: <Kbd size="xs">{keysInWords(shortcut('palette'), isMac())}</Kbd> })}
          </UnstyledButton>
          <Tooltip
            label={Object.entries(app.runtime)
              .map(([name, version]) => `${name} ${version}`)
              .join(' · ')}
          >
            <span className={classes.version}>
              {app.testBuild
                ? t('shell.versionTestBuild', { version: app.version })
                : t('shell.version', { version: app.version })}
            </span>
          </Tooltip>
        </>
      )}
    </footer>
  );
}

function Freshness(): ReactNode {
  const asOf = useSnapshotStore((state) => (state.snapshot === null ? null : formatClock(state.snapshot.atMs)));
  const lost = useConnectionLost();
  if (asOf === null) return <span className={classes.fresh}>{t('shell.connecting')}</span>;
  return (
    <span className={classes.fresh} data-lost={lost || undefined}>
      <span className={classes.dot} />
      {lost ? t('shell.noUpdatesAsOf', { asOf }) : t('shell.liveAsOf', { asOf })}
    </span>
  );
}
