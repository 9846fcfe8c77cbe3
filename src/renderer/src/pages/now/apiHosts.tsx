// How much of each API's allowance is used, and whether it told us to wait.
import type { ReactNode } from 'react';
import type { ApiHostSlice } from '../../../../shared/contract/snapshot';
import { formatCount } from '../../../../shared/util/format';
import { Countdown } from '../../components/age';
import { Allowance } from '../../components/collectors/allowance';
import { HostStatus } from '../../components/collectors/hostStatus';
import { Panel } from '../../components/panel';
import { useSnapshot } from '../../store/selectors';
import { rich } from '../../texts/rich';
import { t } from '../../texts/texts';
import classes from './now.module.css';

export function ApiHosts(): ReactNode {
  const hosts = useSnapshot((snapshot) => snapshot.hosts);
  if (hosts.length === 0) return null;
  return (
    <Panel title={t('now.api')} aside={t('now.apiAside')}>
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
        {formatCount(host.callsInWindow)}{' '}
        <span className={classes.faint}>{t('now.ofCalls', { callsPerMinute: formatCount(host.callsPerMinute) })}</span>
      </span>
      <span className={classes.hostNote}>
        {host.breaker.nextProbeAtMs !== null && (
          <span className={classes.throttled}>
            {rich('now.askedAgain', {
              countdown: <Countdown atMs={host.breaker.nextProbeAtMs} due={t('common.aMoment')} />,
            })}
          </span>
        )}
        {host.throttledUntilMs !== null && (
          <span className={classes.throttled}>
            {rich('now.waits', { countdown: <Countdown atMs={host.throttledUntilMs} due={t('common.noLonger')} /> })}
          </span>
        )}
        <span>{t('now.waiting', { waiting: formatCount(host.waiting) })}</span>
        <span>
          {t('now.hostTotals', {
            calls: t('common.calls', { count: host.calls }),
            throttles: formatCount(host.throttles),
            errors: t('now.errors', { count: host.errors }),
          })}
        </span>
      </span>
    </li>
  );
}
