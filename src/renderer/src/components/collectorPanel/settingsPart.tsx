// What the collector is set to; it is changed elsewhere.
import type { ReactNode } from 'react';
import type { CollectorSlice } from '../../../../shared/contract/snapshot';
import { formatDuration, formatQuantity } from '../../../../shared/util/format';
import { useQuery } from '../../hooks/useQuery';
import { Fact, Facts, Part } from './part';
import classes from './collectorPanel.module.css';

export function SettingsPart({ collector }: { readonly collector: CollectorSlice }): ReactNode {
  const { data, error } = useQuery('settings.get', null);
  const { cadence } = collector;
  if (data === null) {
    return (
      <Part title="Settings" testId="panel-settings">
        <p className={classes.none}>{error?.message ?? 'Reading…'}</p>
      </Part>
    );
  }
  const own = data.collectors[collector.id];
  const leastMs = own.minIntervalMs ?? own.intervalMs / 2;
  const mostMs = own.maxIntervalMs ?? own.intervalMs * 4;
  return (
    <Part title="Settings" testId="panel-settings">
      <Facts>
        <Fact label="Runs every">
          {formatDuration(own.intervalMs)}
          {cadence.because !== null && (
            <span className={classes.factNote}>
              now {formatDuration(cadence.nowMs)}, because {cadence.because}
            </span>
          )}
        </Fact>
        <Fact label="Adapts its pace">
          {own.adaptive === false ? 'no' : `${formatDuration(leastMs)} to ${formatDuration(mostMs)}`}
        </Fact>
        <Fact label="After slots nobody ran">
          {own.catchUp === 'none' ? 'waits for the next slot' : 'runs once at once'}
        </Fact>
        <Fact label="Rests after">
          {formatQuantity(data.recovery.failureThreshold, 'failure')} in a row
          <span className={classes.factNote}>for {formatDuration(data.recovery.cooldownMs)}</span>
        </Fact>
      </Facts>
    </Part>
  );
}
