// One collector in one row; a second line only when there is something to say about its health.
import { memo, type MouseEvent, type ReactNode, useEffect, useRef } from 'react';
import type { ShownCollector } from '../../../../shared/contract/shownSnapshot';
import { formatUntil, formatCount, formatDuration, NO_VALUE } from '../../../../shared/util/format';
import { Age, Countdown } from '../../components/age';
import { RunLogLink } from '../../components/runLogLink';
import { HEALTH_LOOKS, StatusMark } from '../../components/status/statusMark';
import { TickBar } from '../../components/tickBar';
import { navigate } from '../../store/route';
import type { Palette } from '../../theme/palette';
import { CollectorActions } from './collectorActions';
import { rich } from '../../texts/rich';
import { t } from '../../texts/texts';
import classes from './now.module.css';

/** A run older than this many intervals is old news. */
const STALE_INTERVALS = 2;
interface CollectorRowProps {
  readonly collector: ShownCollector;
  /** It was asked for by name: brought into sight and marked. */
  readonly chosen: boolean;
  /** For how many slots there is room. */
  readonly places: number;
  readonly palette: Palette;
  /** Stands for a row that will be there. */
  readonly waiting?: boolean;
  /** Among all rows, from 0, where only some of them exist. */
  readonly place?: number;
  /** Takes the row's height, where others wait for it. */
  readonly measure?: (row: Element | null) => void;
}

export const CollectorRow = memo(function CollectorRow(props: CollectorRowProps): ReactNode {
  const { collector, chosen, places, palette, waiting = false, place, measure } = props;
  const { id, title, description, health, cause, intervalMs, lastRun, ticks } = collector;
  const look = HEALTH_LOOKS[health];
  const step = collector.running?.step ?? null;
  const row = useRef<HTMLTableSectionElement>(null);
  const mayBeHigh = isHighRow(collector) || collector.cadence.because !== null;
  useEffect(() => {
    if (!mayBeHigh) return;
    measure?.(row.current);
    // Lets go of rows that are gone.
    return () => measure?.(null);
  }, [measure, place, mayBeHigh]);
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  // Anywhere on the row, for the pointer; the name is a button for everybody.
  const openUnlessButton = (event: MouseEvent): void => {
    if (event.target instanceof Element && event.target.closest('button, [tabindex]') === null) navigate('now', id);
  };
  return (
    <tbody
      ref={row}
      className={classes.row}
      data-testid={waiting ? undefined : `collector-row-${id}`}
      data-health={health}
      data-chosen={chosen || undefined}
      data-index={place}
    >
      <tr onClick={openUnlessButton} aria-rowindex={place === undefined ? undefined : place + 2}>
        <td>
          <StatusMark tone={look.tone} word={t(look.wordKey)} />
        </td>
        <th scope="row" aria-label={`${step === null ? title : `${title} ${step}`}. ${description}`}>
          <span className={classes.name} data-tip={chosen ? undefined : description}>
            <button
              type="button"
              className={`pw-plain-button ${classes.open}`}
              data-row-button
              data-testid={`open-${id}`}
              aria-expanded={chosen}
              onClick={() => navigate('now', id)}
            >
              {title}
            </button>
            {step !== null && (
              <span className={classes.step} title={step}>
                {step}
              </span>
            )}
          </span>
        </th>
        <td>
          <TickBar line={ticks} label={title} places={places} palette={palette} />
        </td>
        <td data-align="right">
          <LastRun collector={collector} staleAfterMs={STALE_INTERVALS * intervalMs} />
        </td>
        <td data-align="right" className={classes.colDuration}>
          {lastRun === null ? NO_VALUE : formatDuration(lastRun.durationMs)}
        </td>
        <td data-align="right">
          <NextRun collector={collector} />
          <Pace cadence={collector.cadence} />
        </td>
        <td data-align="right">
          {lastRun === null ? (
            NO_VALUE
          ) : (
            <>
              {formatCount(lastRun.inserted)} <span className={classes.faint}>/ {formatCount(lastRun.changed)}</span>
            </>
          )}
        </td>
        <td data-align="right" className={classes.colStreak}>
          <Streak collector={collector} />
        </td>
        <td>
          <CollectorActions collector={collector} />
        </td>
      </tr>
      <Reason health={health} cause={cause} collector={collector} />
    </tbody>
  );
});

/** Has a second line; the others are as high as every row is taken to be. */
export function isHighRow({ health }: ShownCollector): boolean {
  return health !== 'ok' && health !== 'running';
}

interface LastRunProps {
  readonly collector: ShownCollector;
  readonly staleAfterMs: number;
}

function LastRun({ collector: { title, lastRun }, staleAfterMs }: LastRunProps): ReactNode {
  const age = <Age atMs={lastRun?.endedAtMs ?? null} staleAfterMs={staleAfterMs} short ago />;
  if (lastRun === null) return age;
  return (
    <RunLogLink runId={lastRun.id} of={t('now.lastRunOf', { title })}>
      {age}
    </RunLogLink>
  );
}

function NextRun({ collector }: { readonly collector: ShownCollector }): ReactNode {
  if (collector.running !== null) return <span className={classes.runningText}>{t('now.running')}</span>;
  if (collector.pause !== null) return NO_VALUE;
  return <Countdown atMs={collector.nextDueAtMs} due={t('common.due')} />;
}

/** Said only while the pace is not the one that was set. */
function Pace({ cadence }: { readonly cadence: ShownCollector['cadence'] }): ReactNode {
  if (cadence.because === null) return null;
  const pace = t('now.pace', { nowMs: formatDuration(cadence.nowMs) });
  return (
    <span
      className={classes.pace}
      data-tip={t('now.paceInstead', { pace, baseMs: formatDuration(cadence.baseMs), because: cadence.because })}
    >
      {pace}
      <span className="pw-visually-hidden"> {t('now.because', { because: cadence.because })}</span>
    </span>
  );
}

function Streak({ collector }: { readonly collector: ShownCollector }): ReactNode {
  const { failures, successes } = collector.streak;
  if (failures > 0) {
    return (
      <span className={classes.failures} data-tip={t('now.failuresInRow', { failures })}>
        {formatCount(failures)}
        <span aria-hidden="true"> ✕</span>
        <span className="pw-visually-hidden"> {t('now.failedInRow')}</span>
      </span>
    );
  }
  if (successes === 0) return NO_VALUE;
  return (
    <span data-tip={t('now.successesInRow', { successes })}>
      {formatCount(successes)}
      <span aria-hidden="true" className={classes.faint}>
        {' '}
        ✓
      </span>
      <span className="pw-visually-hidden"> {t('now.succeededInRow')}</span>
    </span>
  );
}

interface ReasonProps {
  readonly health: ShownCollector['health'];
  readonly cause: string | null;
  readonly collector: ShownCollector;
}

/** The line under a row that is not simply fine: why, since when, and when it goes on. */
function Reason({ health, cause, collector }: ReasonProps): ReactNode {
  const { pause, cooldownUntilMs, lastSuccessAtMs, lastRun } = collector;
  if (health === 'ok' || health === 'running') return null;
  const untouched = health === 'no_data' && lastRun === null;
  const sentence = cause ?? (untouched ? t('now.notRunYet') : null);
  const facts: ReactNode[] = [];
  if (pause !== null)
    facts.push(
      pause.untilMs === null
        ? t('now.untilResumed')
        : t('now.resumesAt', { untilMs: formatUntil(pause.untilMs, Date.now()) }),
    );
  if (cooldownUntilMs !== null) {
    facts.push(rich('now.nextTry', { countdown: <Countdown atMs={cooldownUntilMs} due={t('common.aMoment')} /> }));
  }
  if (health !== 'paused' && lastSuccessAtMs !== null) {
    facts.push(rich('now.lastGood', { age: <Age atMs={lastSuccessAtMs} ago /> }));
  }
  if (sentence === null && facts.length === 0) return null;
  return (
    <tr className={classes.reason}>
      <td>
        {sentence !== null && <span className={classes.reasonCause}>{sentence}</span>}
        {facts.map((fact, index) => (
          <span key={index} className={classes.reasonFact}>
            {fact}
          </span>
        ))}
      </td>
    </tr>
  );
}
