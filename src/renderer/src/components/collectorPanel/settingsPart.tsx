// What the collector is set to; it is changed elsewhere.
import type { ReactNode } from 'react';
import type { CollectorState } from '../../../../shared/contract/snapshot';
import { formatDuration } from '../../../../shared/util/format';
import { useQuery } from '../../hooks/useQuery';
import { Fact, Facts, Part } from './part';
import { rich } from '../../texts/rich';
import { t } from '../../texts/texts';
import classes from './collectorPanel.module.css';

export function SettingsPart({ collector }: { readonly collector: CollectorState }): ReactNode {
  const { data, error } = useQuery('settings.get', null);
  const { cadence } = collector;
  if (data === null) {
    return (
      <Part title={t('collector.settings')} testId="panel-settings">
        <p className={classes.none}>{error?.message ?? t('collector.reading')}</p>
      </Part>
    );
  }
  const own = data.collectors[collector.id];
  const leastMs = own.minIntervalMs ?? own.intervalMs / 2;
  const mostMs = own.maxIntervalMs ?? own.intervalMs * 4;
  return (
    <Part title={t('collector.settings')} testId="panel-settings">
      <Facts>
        <Fact label={t('collector.runsEvery')}>
          {formatDuration(own.intervalMs)}
          {cadence.because !== null && (
            <span className={classes.factNote}>
              {t('collector.nowBecause', { nowMs: formatDuration(cadence.nowMs), because: cadence.because })}
            </span>
          )}
        </Fact>
        <Fact label={t('collector.adaptsPace')}>
          {own.adaptive === false
            ? t('collector.no')
            : t('range.fromTo', { from: formatDuration(leastMs), to: formatDuration(mostMs) })}
        </Fact>
        <Fact label={t('collector.afterMissed')}>
          {own.catchUp === 'none' ? t('collector.waitsForNext') : t('collector.runsOnce')}
        </Fact>
        <Fact label={t('collector.restsAfter')}>
          {rich('collector.failuresInRow', {
            failures: t('collector.failures', { count: data.recovery.failureThreshold }),
            rest: (
              <span className={classes.factNote}>
                {t('collector.restsFor', { cooldownMs: formatDuration(data.recovery.cooldownMs) })}
              </span>
            ),
          })}
        </Fact>
      </Facts>
    </Part>
  );
}
