// The frame of the window: rail, banners, the page, the status bar.
import { useHotkeys } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { assertNever } from '../../../../shared/util/assertNever';
import { AlertsPage } from '../../pages/alerts/alertsPage';
import { DatabasePage } from '../../pages/database/databasePage';
import { DiagnosticsPage } from '../../pages/diagnostics/diagnosticsPage';
import { MarketPage } from '../../pages/market/marketPage';
import { NowPage } from '../../pages/now/nowPage';
import { SettingsPage } from '../../pages/settings/settingsPage';
import { navigate, type Page, PAGES, useRoute } from '../../store/route';
import { useSnapshotStore } from '../../store/snapshotStore';
import { Notice } from '../notice';
import { AlertAnnouncer } from './alertAnnouncer';
import { Banners } from './banners';
import { ConnectionBar, useConnectionLost } from './connectionBar';
import { KeyDialog } from './keyDialog';
import { Rail } from './rail';
import { StatusBar } from './statusBar';
import classes from './shell.module.css';

export function Shell(): ReactNode {
  const { page } = useRoute();
  const ready = useSnapshotStore((state) => state.snapshot !== null);
  const lost = useConnectionLost();
  const [keyDialogOpen, setKeyDialogOpen] = useState(false);
  const openKeyDialog = (): void => setKeyDialogOpen(true);
  useHotkeys(PAGES.map((target, index) => [String(index + 1), () => navigate(target)]));

  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#content" onClick={focusContent}>
        Skip to content
      </a>
      <Rail page={page} onHaveKey={openKeyDialog} />
      <div className={classes.column}>
        <ConnectionBar />
        {ready && <Banners onHaveKey={openKeyDialog} />}
        <main id="content" className={classes.content} tabIndex={-1} data-stale={lost || undefined}>
          {ready ? (
            <ErrorBoundary
              key={page}
              fallbackRender={({ error, resetErrorBoundary }) => (
                <Notice
                  title="This page could not be drawn"
                  tone="error"
                  action={{ label: 'Try again', run: resetErrorBoundary }}
                >
                  {error instanceof Error ? error.message : String(error)} Collecting goes on; only the picture is
                  missing.
                </Notice>
              )}
            >
              <PageView page={page} onHaveKey={openKeyDialog} />
            </ErrorBoundary>
          ) : (
            <Waiting />
          )}
        </main>
        <StatusBar />
        {ready && <AlertAnnouncer />}
      </div>
      {ready && <KeyDialog opened={keyDialogOpen} onClose={() => setKeyDialogOpen(false)} />}
    </div>
  );
}

/** The hash belongs to the router, so the skip link moves the focus itself. */
function focusContent(event: React.MouseEvent): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}

interface PageViewProps {
  readonly page: Page;
  readonly onHaveKey: () => void;
}

function PageView({ page, onHaveKey }: PageViewProps): ReactNode {
  switch (page) {
    case 'now':
      return <NowPage />;
    case 'alerts':
      return <AlertsPage />;
    case 'database':
      return <DatabasePage />;
    case 'market':
      return <MarketPage />;
    case 'diagnostics':
      return <DiagnosticsPage />;
    case 'settings':
      return <SettingsPage onHaveKey={onHaveKey} />;
    default:
      return assertNever(page);
  }
}

function Waiting(): ReactNode {
  const trouble = useSnapshotStore((state) => state.trouble);
  if (trouble === null) return <Notice title="Starting Poolwatch…">Opening the databases and the collectors.</Notice>;
  return (
    <Notice title="Poolwatch is not answering" tone="error">
      {trouble.message} Trying again every two seconds.
    </Notice>
  );
}
