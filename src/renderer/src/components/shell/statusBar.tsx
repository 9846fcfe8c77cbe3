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
import classes from './statusBar.module.css';

export function StatusBar(): ReactNode {
  const app = useSnapshotStore((state) => state.snapshot?.app ?? null);
  return (
    <footer className={classes.bar}>
      <Freshness />
      {app !== null && (
        <>
          <Tooltip label={`Open the data folder: ${app.dataDir}`}>
            <UnstyledButton
              className={classes.folder}
              onClick={() => void openDataFolder()}
              aria-label={`Open the data folder ${app.dataDir}`}
            >
              <FolderOpen size={13} strokeWidth={1.75} aria-hidden />
              <bdi className={classes.path}>{app.dataDir}</bdi>
            </UnstyledButton>
          </Tooltip>
          <UnstyledButton className={classes.commands} data-testid="open-palette" onClick={togglePalette}>
            Commands <Kbd size="xs">{keysInWords(shortcut('palette'), isMac())}</Kbd>
          </UnstyledButton>
          <Tooltip
            label={Object.entries(app.runtime)
              .map(([name, version]) => `${name} ${version}`)
              .join(' · ')}
          >
            <span className={classes.version}>
              Poolwatch {app.version}
              {app.testBuild && ' · test build'}
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
  if (asOf === null) return <span className={classes.fresh}>Connecting…</span>;
  return (
    <span className={classes.fresh} data-lost={lost || undefined}>
      <span className={classes.dot} />
      {lost ? 'No updates' : 'Live'} · as of {asOf}
    </span>
  );
}
