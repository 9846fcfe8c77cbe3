// Every change of state of every rule that took part: what the judging saw, for whoever wants to know exactly.
import type { ReactNode } from 'react';
import { METRICS } from '../../../../../shared/domain/metrics';
import type { Transition } from '../../../../../shared/domain/alerts';
import { formatDateTime, formatDuration, formatUtc } from '../../../../../shared/util/format';
import { formatMetric } from '../../../../../shared/util/metricAmount';
import { targetName } from '../../../components/incidents/incidentWords';
import { useQuery } from '../../../hooks/useQuery';
import { useSnapshot } from '../../../store/selectors';
import { t } from '../../../texts/texts';
import classes from './details.module.css';

export function TransitionTable({ transitions }: { readonly transitions: readonly Transition[] }): ReactNode {
  const collectors = useSnapshot((snapshot) => snapshot.collectors);
  const { data } = useQuery('rules.list', null);
  const unitOf = (ruleId: string) => {
    const rule = data?.rules.find((entry) => entry.rule.id === ruleId)?.rule;
    return rule ? METRICS[rule.metric].unit : 'count';
  };
  return (
    <details className={classes.transitions}>
      <summary>{t('alerts.changesOfState', { count: transitions.length })}</summary>
      <div className={classes.scroll} role="region" aria-label={t('alerts.changesLabel')} tabIndex={0}>
        <table className={classes.table}>
          <caption className="pw-visually-hidden">{t('alerts.changesCaption')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('alerts.columnWhen')}</th>
              <th scope="col">{t('alerts.columnWhat')}</th>
              <th scope="col">{t('alerts.columnValue')}</th>
              <th scope="col">{t('alerts.columnWhy')}</th>
            </tr>
          </thead>
          <tbody>
            {transitions.map((transition) => (
              <tr key={`${transition.key} ${transition.atMs} ${transition.to}`}>
                <td title={formatUtc(transition.atMs)}>
                  {formatDateTime(transition.atMs)}
                  {transition.seenAtMs > transition.atMs && (
                    <span className={classes.faint}>
                      {' '}
                      {t('alerts.seenLater', { duration: formatDuration(transition.seenAtMs - transition.atMs) })}
                    </span>
                  )}
                </td>
                <td>
                  {targetName(transition.target, collectors)}: {word(transition.from)} → {word(transition.to)}
                </td>
                <td>{formatMetric(transition.value, unitOf(transition.ruleId))}</td>
                <td className={classes.words}>{transition.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function word(state: Transition['to']): string {
  return t(`status.inSentence.alert.${state}`);
}
