// What the rule as it stands in the editor would have done over the past week, before anybody is woken by it.
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { BackTest } from '../../../../../shared/contract/alerts';
import type { AlertRule } from '../../../../../shared/domain/alerts';
import { METRICS } from '../../../../../shared/domain/metrics';
import { formatAge, formatDateTime, formatShare } from '../../../../../shared/util/format';
import { formatMetric, writeAmount } from '../../../../../shared/util/metricAmount';
import { query } from '../../../bridge/bridge';
import { targetName } from '../../../components/incidents/incidentWords';
import { Notice } from '../../../components/notice';
import { Panel } from '../../../components/panel';
import { useSnapshot } from '../../../store/selectors';
import { BackTestStrip } from './backTestStrip';
import { t } from '../../../texts/texts';
import classes from './rules.module.css';

const WEEK_MS = 7 * 86_400_000;
const LISTED = 20;

interface BackTestPanelProps {
  /** Null while it is not a rule yet. */
  readonly rule: AlertRule | null;
  readonly onLevel: (fire: number) => void;
}

type Outcome =
  | { readonly kind: 'done'; readonly of: AlertRule; readonly result: BackTest }
  | { readonly kind: 'failed'; readonly of: AlertRule; readonly message: string };

export function BackTestPanel({ rule, onLevel }: BackTestPanelProps): ReactNode {
  const [asking, setAsking] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const run = async (of: AlertRule): Promise<void> => {
    setAsking(true);
    const toMs = Date.now();
    const answer = await query('rules.backTest', { rule: of, fromMs: toMs - WEEK_MS, toMs });
    setAsking(false);
    setOutcome(
      answer.ok ? { kind: 'done', of, result: answer.value } : { kind: 'failed', of, message: answer.error.message },
    );
  };
  // An outcome of another rule than the one on the screen would mislead.
  const shown = outcome !== null && JSON.stringify(outcome.of) === JSON.stringify(rule) ? outcome : null;
  return (
    <Panel
      title={t('alerts.backTest')}
      testId="back-test"
      aside={
        <Button
          size="compact-sm"
          data-testid="run-back-test"
          loading={asking}
          disabled={rule === null}
          onClick={() => rule !== null && void run(rule)}
        >
          {t('alerts.backTestHeading')}
        </Button>
      }
    >
      <div aria-live="polite">
        {shown === null && (
          <Notice title={rule === null ? t('alerts.notARule') : t('alerts.notTested')}>
            {rule === null ? t('alerts.putRight') : t('alerts.backTestHint')}
          </Notice>
        )}
        {shown?.kind === 'failed' && (
          <Notice title={t('alerts.backTestFailed')} tone="error">
            {shown.message}
          </Notice>
        )}
        {shown?.kind === 'done' && <Result rule={shown.of} result={shown.result} onLevel={onLevel} />}
      </div>
    </Panel>
  );
}

interface ResultProps {
  readonly rule: AlertRule;
  readonly result: BackTest;
  readonly onLevel: (fire: number) => void;
}

function Result({ rule, result, onLevel }: ResultProps): ReactNode {
  const { firings, coverage, suggested, toMs } = result;
  const collectors = useSnapshot((snapshot) => snapshot.collectors);
  const { unit } = METRICS[rule.metric];
  const totalMs = firings.reduce((sum, { fromMs, untilMs }) => sum + (untilMs ?? toMs) - fromMs, 0);
  const levels = suggested === null ? [] : uniqueLevels(suggested);
  if (coverage === 0) {
    return <Notice title={t('alerts.nothingToTest')}>{t('alerts.nothingToTestHint')}</Notice>;
  }
  return (
    <div className={classes.result}>
      <p className={classes.sentence} data-testid="back-test-sentence">
        {firings.length === 0
          ? t('alerts.wouldNotFire')
          : t('alerts.wouldFire', {
              times: t('common.times', { count: firings.length }),
              totalMs: formatAge(totalMs),
            })}{' '}
        <span className={classes.faint}>{t('alerts.readingsFor', { coverage: formatShare(coverage) })}</span>
      </p>
      <BackTestStrip result={result} />
      {levels.length > 0 && (
        <ul className={classes.levels}>
          {levels.map(({ level, words }) => (
            <li key={words}>
              <span>
                <strong>{writeAmount(level, unit)}</strong> {words}
              </span>
              <Button size="compact-xs" disabled={level === rule.fire} onClick={() => onLevel(level)}>
                {t('alerts.useLevel', { level: writeAmount(level, unit) })}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {firings.length > 0 && (
        <table className={classes.table}>
          <caption className="pw-visually-hidden">{t('alerts.wouldFireCaption')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('alerts.columnFrom')}</th>
              <th scope="col">{t('alerts.columnFor')}</th>
              <th scope="col">{t('alerts.columnTarget')}</th>
              <th scope="col">{t('alerts.columnWorst')}</th>
            </tr>
          </thead>
          <tbody>
            {firings
              .toSorted((a, b) => b.fromMs - a.fromMs)
              .slice(0, LISTED)
              .map(({ target, fromMs, untilMs, peak }) => (
                <tr key={`${target.kind} ${target.id} ${fromMs}`}>
                  <td>{formatDateTime(fromMs)}</td>
                  <td>{untilMs === null ? t('alerts.still') : formatAge(untilMs - fromMs)}</td>
                  <td>{targetName(target, collectors)}</td>
                  <td>{formatMetric(peak, unit)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      )}
      {firings.length > LISTED && (
        <p className={classes.faint}>
          {t('alerts.earlierNotListed', { earlier: t('alerts.earlierOnes', { count: firings.length - LISTED }) })}
        </p>
      )}
    </div>
  );
}

function uniqueLevels({ quiet, strict }: NonNullable<BackTest['suggested']>) {
  const once = { level: quiet, words: t('alerts.onceAWeek') };
  return quiet === strict ? [once] : [once, { level: strict, words: t('alerts.onlyWorst') }];
}
