// How much of each API's allowance is used, and whether it told us to wait.
import type { ReactNode } from 'react';
import type { ApiHostSlice } from '../../../../shared/contract/snapshot';
import { formatCount, formatQuantity } from '../../../../shared/util/format';
import { Countdown } from '../../components/age';
import { Allowance } from '../../components/collectors/allowance';
import { HostStatus } from '../../components/collectors/hostStatus';
import { Panel } from '../../components/panel';
import { useSnapshot } from '../../store/selectors';
import classes from './now.module.css';

export function ApiHosts(): ReactNode {
  const hosts = useSnapshot((snapshot) => snapshot.hosts);
  if (hosts.length === 0) return null;
  return (
    <Panel title="API" aside="calls in the last 60 seconds">
      <ul className={classes.hosts}>
        {hosts.map((host) => (
          <HostLine key={host.host} host={host} />
        ))}
      </ul>
    </Panel>
  );
}

function HostLine({ host }: { readonly host: ApiHostSlice }): ReactNode {
  return (
    <li className={classes.host} data-testid="api-host">
      <span className={classes.hostStatus}>
        <HostStatus host={host} />
      </span>
      <span className={`pw-mono ${classes.hostName}`}>{host.host}</span>
      <Allowance used={host.callsInWindow} allowed={host.callsPerMinute} />
      <span>
        {formatCount(host.callsInWindow)} <span className={classes.faint}>of {formatCount(host.callsPerMinute)}</span>
      </span>
      <span className={classes.hostNote}>
        {host.breaker.nextProbeAtMs !== null && (
          <span className={classes.throttled}>
            asked again in <Countdown atMs={host.breaker.nextProbeAtMs} due="a moment" />
          </span>
        )}
        {host.throttledUntilMs !== null && (
          <span className={classes.throttled}>
            waits <Countdown atMs={host.throttledUntilMs} due="no longer" />
          </span>
        )}
        <span>{formatCount(host.waiting)} waiting</span>
        <span>
          {formatQuantity(host.calls, 'call')}, {formatCount(host.throttles)} throttled,{' '}
          {formatQuantity(host.errors, 'error')}
        </span>
      </span>
    </li>
  );
}
