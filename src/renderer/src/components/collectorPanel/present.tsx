// How the collector is now: its last and next run, the age of its data against what is promised, and the host it asks.
import type { ReactNode } from 'react';
import type { ApiHostSlice, CollectorSlice } from '../../../../shared/contract/snapshot';
import { formatCount, formatDuration, formatQuantity, NO_VALUE } from '../../../../shared/util/format';
import { useNow } from '../../hooks/useNow';
import { useSnapshot } from '../../store/selectors';
import { Age, Countdown } from '../age';
import { Allowance } from '../collectors/allowance';
import { HostStatus } from '../collectors/hostStatus';
import { Fact, Facts } from './part';
import { promisedAgeMs } from './promise';
import classes from './collectorPanel.module.css';

export function Present({ collector }: { readonly collector: CollectorSlice }): ReactNode {
  const { lastRun, lastSuccessAtMs, running, pause, nextDueAtMs, cooldownUntilMs, streak } = collector;
  const hosts = useSnapshot((snapshot) => snapshot.hosts);
  const promisedMs = promisedAgeMs(collector);
  const isStale = useNow((nowMs) => pause === null && lastSuccessAtMs !== null && nowMs - lastSuccessAtMs > promisedMs);
  return (
    <>
      <Facts>
        <Fact label="Data as of" alarming={isStale}>
          <Age atMs={lastSuccessAtMs} suffix=" ago" />
          <span className={classes.factNote}>promised: {formatDuration(promisedMs)}</span>
        </Fact>
        <Fact label="Next run">
          {running !== null ? (
            <>under way{running.step !== null && <span className={classes.factNote}>{running.step}</span>}</>
          ) : pause !== null ? (
            'paused'
          ) : (
            <Countdown atMs={nextDueAtMs} due="due" />
          )}
          {cooldownUntilMs !== null && (
            <span className={classes.factNote}>
              waits after failures: <Countdown atMs={cooldownUntilMs} due="a moment" />
            </span>
          )}
        </Fact>
        <Fact label="Last run">
          {lastRun === null ? NO_VALUE : formatDuration(lastRun.durationMs)}
          {lastRun !== null && (
            <span className={classes.factNote}>
              {formatCount(lastRun.inserted)} new, {formatCount(lastRun.changed)} changed
            </span>
          )}
        </Fact>
        <Fact label="In a row" alarming={streak.failures > 0 || lastRun?.outcome === 'failed'}>
          {streakInWords(collector)}
        </Fact>
      </Facts>
      {hosts.map((host) => (
        <HostLine key={host.host} host={host} />
      ))}
    </>
  );
}

function streakInWords({ streak, lastRun }: CollectorSlice): string {
  if (streak.failures > 0) return `${formatCount(streak.failures)} failed`;
  // For its host's sake: the streak of the collector itself stands still.
  if (lastRun?.outcome === 'failed') return 'last one failed';
  return streak.successes > 0 ? `${formatCount(streak.successes)} good` : NO_VALUE;
}

function HostLine({ host }: { readonly host: ApiHostSlice }): ReactNode {
  const { breaker, throttledUntilMs, callsInWindow, callsPerMinute, waiting } = host;
  return (
    <div className={classes.host} data-testid="panel-host">
      <HostStatus host={host} />
      <span className={`pw-mono ${classes.hostName}`}>{host.host}</span>
      <Allowance used={callsInWindow} allowed={callsPerMinute} />
      <span>
        {formatCount(callsInWindow)} of {formatQuantity(callsPerMinute, 'call')} a minute
      </span>
      {waiting > 0 && <span className={classes.faint}>{formatCount(waiting)} waiting</span>}
      {breaker.nextProbeAtMs !== null && (
        <span className={classes.throttled}>
          next probe in <Countdown atMs={breaker.nextProbeAtMs} due="a moment" />
        </span>
      )}
      {breaker.state === 'half_open' && <span className={classes.throttled}>is being asked now</span>}
      {throttledUntilMs !== null && (
        <span className={classes.throttled}>
          waits <Countdown atMs={throttledUntilMs} due="no longer" />
        </span>
      )}
    </div>
  );
}
