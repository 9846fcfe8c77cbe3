// How the collector is now: its last and next run, the age of its data against what is promised, and the host it asks.
import type { ReactNode } from 'react';
import type { ApiHostSlice, CollectorState } from '../../../../shared/contract/snapshot';
import { formatCount, formatDuration, NO_VALUE } from '../../../../shared/util/format';
import { useNow } from '../../hooks/useNow';
import { useSnapshot } from '../../store/selectors';
import { Age, Countdown } from '../age';
import { Allowance } from '../collectors/allowance';
import { HostStatus } from '../collectors/hostStatus';
import { Fact, Facts } from './part';
import { promisedAgeMs } from './promise';
import { rich } from '../../texts/rich';
import { t } from '../../texts/texts';
import classes from './collectorPanel.module.css';

export function Present({ collector }: { readonly collector: CollectorState }): ReactNode {
  const { lastRun, lastSuccessAtMs, running, pause, nextDueAtMs, cooldownUntilMs, streak } = collector;
  const hosts = useSnapshot((snapshot) => snapshot.hosts);
  const promisedMs = promisedAgeMs(collector);
  const isStale = useNow((nowMs) => pause === null && lastSuccessAtMs !== null && nowMs - lastSuccessAtMs > promisedMs);
  return (
    <>
      <Facts>
        <Fact label={t('collector.dataAsOf')} alarming={isStale}>
          <Age atMs={lastSuccessAtMs} ago />
          <span className={classes.factNote}>{t('collector.promised', { promise: formatDuration(promisedMs) })}</span>
        </Fact>
        <Fact label={t('collector.nextRun')}>
          {running !== null ? (
            rich('collector.underWay', {
              step: running.step !== null && <span className={classes.factNote}>{running.step}</span>,
            })
          ) : pause !== null ? (
            t('collector.paused')
          ) : (
            <Countdown atMs={nextDueAtMs} due={t('common.due')} />
          )}
          {cooldownUntilMs !== null && (
            <span className={classes.factNote}>
              {rich('collector.waitsAfterFailures', {
                countdown: <Countdown atMs={cooldownUntilMs} due={t('common.aMoment')} />,
              })}
            </span>
          )}
        </Fact>
        <Fact label={t('collector.lastRun')}>
          {lastRun === null ? NO_VALUE : formatDuration(lastRun.durationMs)}
          {lastRun !== null && (
            <span className={classes.factNote}>
              {t('collector.newChanged', {
                inserted: formatCount(lastRun.inserted),
                changed: formatCount(lastRun.changed),
              })}
            </span>
          )}
        </Fact>
        <Fact label={t('collector.inARow')} alarming={streak.failures > 0 || lastRun?.outcome === 'failed'}>
          {streakInWords(collector)}
        </Fact>
      </Facts>
      {hosts.map((host) => (
        <HostLine key={host.host} host={host} />
      ))}
    </>
  );
}

function streakInWords({ streak, lastRun }: CollectorState): string {
  if (streak.failures > 0) return t('collector.nFailed', { failures: formatCount(streak.failures) });
  // For its host's sake: the streak of the collector itself stands still.
  if (lastRun?.outcome === 'failed') return t('collector.lastFailed');
  return streak.successes > 0 ? t('collector.nGood', { successes: formatCount(streak.successes) }) : NO_VALUE;
}

function HostLine({ host }: { readonly host: ApiHostSlice }): ReactNode {
  const { breaker, throttledUntilMs, callsInWindow, callsPerMinute, waiting } = host;
  return (
    <div className={classes.host} data-testid="panel-host">
      <HostStatus host={host} />
      <span className={`pw-mono ${classes.hostName}`}>{host.host}</span>
      <Allowance used={callsInWindow} allowed={callsPerMinute} />
      <span>
        {t('collector.callsOf', {
          callsInWindow: formatCount(callsInWindow),
          callsPerMinute: t('common.calls', { count: callsPerMinute }),
        })}
      </span>
      {waiting > 0 && (
        <span className={classes.faint}>{t('collector.waiting', { waiting: formatCount(waiting) })}</span>
      )}
      {breaker.nextProbeAtMs !== null && (
        <span className={classes.throttled}>
          {rich('collector.nextProbe', {
            countdown: <Countdown atMs={breaker.nextProbeAtMs} due={t('common.aMoment')} />,
          })}
        </span>
      )}
      {breaker.state === 'half_open' && <span className={classes.throttled}>{t('collector.beingAsked')}</span>}
      {throttledUntilMs !== null && (
        <span className={classes.throttled}>
          {rich('now.waits', { countdown: <Countdown atMs={throttledUntilMs} due={t('common.noLonger')} /> })}
        </span>
      )}
    </div>
  );
}
