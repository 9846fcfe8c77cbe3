// The frame of the window: rail, banners, the page, the status bar.
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { assertNever } from '../../../../shared/util/assertNever';
import { NowPage, NowWaiting } from '../../pages/now/nowPage';
import { showOverlay, togglePalette, useOverlayStore } from '../../store/overlayStore';
import { navigate, openCollectorId, type Page, PAGES, useRoute } from '../../store/route';
import { useSnapshotStore } from '../../store/snapshotStore';
import { Notice } from '../notice';
import { OutagePanel } from '../outage/outagePanel';
import { moveRow } from '../shortcuts/moveRow';
import { isDialogOpen, useShortcut } from '../shortcuts/useShortcut';
import { TimeRangeControl } from '../timeRange/timeRangeControl';
import { AlertAnnouncer } from './alertAnnouncer';
import { Banners } from './banners';
import { ConnectionBar, useConnectionLost } from './connectionBar';
import {
  AlertsPage,
  areLaterPartsRead,
  CollectorPanel,
  DatabasePage,
  DiagnosticsPage,
  MarketPage,
  Overlays,
  readLaterParts,
  SettingsPage,
  TimelinePage,
} from './laterParts';
import { Rail } from './rail';
import { StatusBar } from './statusBar';
import { t } from '../../texts/texts';
import { useLanguage } from '../../texts/useLanguage';
import classes from './shell.module.css';

/** By then the first page has its data. */
const LATER_PARTS_AFTER_MS = 3_000;

/** Pages whose charts follow the time range of the window. */
const WITH_HISTORY: ReadonlySet<Page> = new Set(['timeline', 'database']);

export function Shell(): ReactNode {
  const route = useRoute();
  const { page } = route;
  const collectorId = openCollectorId(route);
  const ready = useSnapshotStore((state) => state.snapshot !== null);
  const lost = useConnectionLost();
  // What keeps its drawing is made anew in another language; the settings, where one chooses it, keep what is being written.
  const language = useLanguage();
  useFrameShortcuts();
  const hasOverlays = useLaterParts(ready);

  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#content" onClick={focusContent}>
        {t('shell.skip')}
      </a>
      <Rail page={page} onHaveKey={askForKey} />
      <div className={classes.column}>
        <ConnectionBar />
        {ready && <Banners onHaveKey={askForKey} />}
        {ready && <OutagePanel />}
        {ready && WITH_HISTORY.has(page) && (
          <div className={classes.range}>
            <TimeRangeControl />
          </div>
        )}
        <div className={classes.place}>
          <main id="content" className={classes.content} tabIndex={-1} data-stale={lost || undefined}>
            {ready ? (
              <ErrorBoundary
                key={page === 'settings' ? page : `${page} ${language}`}
                fallbackRender={({ error, resetErrorBoundary }) => (
                  <Notice
                    title={t('shell.pageNotDrawn')}
                    tone="error"
                    action={{ label: t('common.tryAgain'), run: resetErrorBoundary }}
                  >
                    {t('shell.onlyPictureMissing', { message: error instanceof Error ? error.message : String(error) })}
                  </Notice>
                )}
              >
                <Suspense>
                  <PageView page={page} onHaveKey={askForKey} />
                </Suspense>
              </ErrorBoundary>
            ) : (
              <Waiting page={page} />
            )}
          </main>
          {ready && collectorId !== null && (
            <Suspense>
              <CollectorPanel
                key={`${collectorId} ${language}`}
                collectorId={collectorId}
                hasRangeBeside={WITH_HISTORY.has(page)}
                onClose={() => navigate(page)}
              />
            </Suspense>
          )}
        </div>
        <StatusBar />
        {ready && <AlertAnnouncer />}
      </div>
      {ready && hasOverlays && (
        <Suspense>
          <Overlays />
        </Suspense>
      )}
    </div>
  );
}

/** Reads the parts a while after the first picture. True from then on, and once an overlay is wanted. */
function useLaterParts(ready: boolean): boolean {
  const [isTime, setIsTime] = useState(areLaterPartsRead);
  const isAsked = useOverlayStore((state) => state.open !== null);
  useEffect(() => {
    if (!ready || isTime) return;
    const timer = setTimeout(() => setIsTime(true), LATER_PARTS_AFTER_MS);
    return () => clearTimeout(timer);
  }, [ready, isTime]);
  useEffect(() => {
    if (isTime) void readLaterParts();
  }, [isTime]);
  return isTime || isAsked;
}

function askForKey(): void {
  showOverlay({ kind: 'key' });
}

function useFrameShortcuts(): void {
  const overlay = useOverlayStore((state) => state.open);
  // Dialogs never stack: over one that a page has opened there is no palette.
  useShortcut('palette', () => (isDialogOpen() && overlay === null ? false : togglePalette()));
  useShortcut('help', () => showOverlay({ kind: 'shortcuts' }));
  useShortcut('page', (key) => navigate(PAGES[Number(key) - 1] ?? 'now'));
  useShortcut('nextRow', () => moveRow(1));
  useShortcut('previousRow', () => moveRow(-1));
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
    case 'timeline':
      return <TimelinePage />;
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

function Waiting({ page }: { readonly page: Page }): ReactNode {
  const trouble = useSnapshotStore((state) => state.trouble);
  const starting = <Notice title={t('shell.starting')}>{t('shell.startingHint')}</Notice>;
  if (trouble === null) return page === 'now' ? <NowWaiting>{starting}</NowWaiting> : starting;
  return (
    <Notice title={t('shell.notAnswering')} tone="error">
      {t('shell.tryingAgain', { message: trouble.message })}
    </Notice>
  );
}
