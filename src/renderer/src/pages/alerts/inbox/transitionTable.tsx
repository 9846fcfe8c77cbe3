// Every change of state of every rule that took part: what the judging saw, for whoever wants to know exactly.
import type { ReactNode } from 'react';
import { METRICS } from '../../../../../shared/domain/metrics';
import type { Transition } from '../../../../../shared/domain/alerts';
import { formatDateTime, formatDuration, formatQuantity, formatUtc } from '../../../../../shared/util/format';
import { formatMetric } from '../../../../../shared/util/metricAmount';
import { targetName } from '../../../components/incidents/incidentWords';
import { ALERT_STATE_LOOKS } from '../../../components/status/statusMark';
import { useQuery } from '../../../hooks/useQuery';
import { useSnapshot } from '../../../store/selectors';
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
      <summary>{formatQuantity(transitions.length, 'change of state', 'changes of state')}</summary>
      <div className={classes.scroll} role="region" aria-label="Changes of state" tabIndex={0}>
        <table className={classes.table}>
          <caption className="pw-visually-hidden">Changes of state, oldest first</caption>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">What</th>
              <th scope="col">Value</th>
              <th scope="col">Why</th>
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
                      seen {formatDuration(transition.seenAtMs - transition.atMs)} later
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
  return ALERT_STATE_LOOKS[state].word.toLowerCase();
}
