// Everything about one collector, beside the page it was opened from: the page stays as it is, and Escape goes back to it.
import { CloseButton } from '@mantine/core';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import type { CollectorState } from '../../../../shared/contract/snapshot';
import { useSnapshot } from '../../store/selectors';
import { Age } from '../age';
import { Notice } from '../notice';
import { HEALTH_LOOKS, StatusMark } from '../status/statusMark';
import { TimeRangeControl } from '../timeRange/timeRangeControl';
import { WeekTable } from '../week/weekTable';
import { History } from './history';
import { PanelActions } from './panelActions';
import { Present } from './present';
import { Recent } from './recent';
import { SettingsPart } from './settingsPart';
import { rich } from '../../texts/rich';
import { t } from '../../texts/texts';
import classes from './collectorPanel.module.css';

interface CollectorPanelProps {
  readonly collectorId: string;
  /** The page behind shows the time range itself. */
  readonly hasRangeBeside: boolean;
  readonly onClose: () => void;
}

export function CollectorPanel({ collectorId, hasRangeBeside, onClose }: CollectorPanelProps): ReactNode {
  const titleId = useId();
  const panel = useRef<HTMLElement>(null);
  const collectors = useSnapshot((snapshot) => snapshot.collectors);
  const collector = collectors.find(({ id }) => id === collectorId) ?? null;
  useReturningFocus(panel);
  return (
    <section
      ref={panel}
      className={classes.panel}
      aria-labelledby={titleId}
      tabIndex={-1}
      data-testid="collector-panel"
      onKeyDown={(event) => isOwnEscape(event) && onClose()}
    >
      <header className={classes.head}>
        <h2 id={titleId} className={classes.title}>
          {collector === null ? t('collector.collector') : collector.title}
        </h2>
        {collector !== null && (
          <StatusMark tone={HEALTH_LOOKS[collector.health].tone} word={t(HEALTH_LOOKS[collector.health].wordKey)} />
        )}
        <CloseButton
          className={classes.close}
          aria-label={t('collector.close')}
          data-testid="close-collector"
          onClick={onClose}
        />
      </header>
      {collector === null ? (
        <Notice title={collectors.length === 0 ? t('collector.startingCollectors') : t('collector.noSuchCollector')}>
          {collectors.length === 0
            ? t('collector.startingCollectorsHint')
            : t('collector.nothingCalled', { collectorId })}
        </Notice>
      ) : (
        <ErrorBoundary
          fallbackRender={({ error, resetErrorBoundary }) => (
            <Notice
              title={t('collector.panelNotDrawn')}
              tone="error"
              action={{ label: t('common.tryAgain'), run: resetErrorBoundary }}
            >
              {t('shell.onlyPictureMissing', { message: error instanceof Error ? error.message : String(error) })}
            </Notice>
          )}
        >
          <Body collector={collector} hasRangeBeside={hasRangeBeside} />
        </ErrorBoundary>
      )}
    </section>
  );
}

function Body({
  collector,
  hasRangeBeside,
}: {
  readonly collector: CollectorState;
  readonly hasRangeBeside: boolean;
}): ReactNode {
  return (
    <div className={classes.body}>
      <div>
        <p className={classes.description}>{collector.description}</p>
        {collector.cause !== null && (
          <p className={classes.cause} data-health={collector.health}>
            {collector.cause}
            {collector.lastSuccessAtMs !== null && collector.streak.failures > 0 && (
              <span className={classes.faint}>
                {' '}
                {rich('collector.lastGood', { age: <Age atMs={collector.lastSuccessAtMs} ago /> })}
              </span>
            )}
          </p>
        )}
      </div>
      <PanelActions collector={collector} />
      <Present collector={collector} />
      {!hasRangeBeside && <TimeRangeControl />}
      <History key={collector.id} collector={collector} />
      <WeekTable key={`week-${collector.id}`} target={{ kind: 'collector', id: collector.id }} />
      <Recent collector={collector} />
      <SettingsPart collector={collector} />
    </div>
  );
}

/** Escape in a menu or a dialog that was opened from here closes that alone. */
function isOwnEscape({ key, defaultPrevented, target, currentTarget }: React.KeyboardEvent): boolean {
  return key === 'Escape' && !defaultPrevented && target instanceof Node && currentTarget.contains(target);
}

/** The focus goes into the panel when it opens, and back to where it came from when it closes. */
function useReturningFocus(panel: React.RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [panel]);
}
