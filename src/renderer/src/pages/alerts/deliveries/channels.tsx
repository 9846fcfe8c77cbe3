// The channels that notices go to, how each fares, and a test of it that tells at once.
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ChannelStatus } from '../../../../../shared/contract/delivery';
import { Age } from '../../../components/age';
import { Notice } from '../../../components/notice';
import { giveOrder } from '../../../components/orders';
import { Panel } from '../../../components/panel';
import { SEVERITY_LOOKS, StatusMark } from '../../../components/status/statusMark';
import { useQuery } from '../../../hooks/useQuery';
import { channelLook } from './deliveryWords';
import classes from '../rules/rules.module.css';

const REFRESH_MS = 5_000;

export function Channels(): ReactNode {
  const { data, error, refresh } = useQuery('channels.list', null, { everyMs: REFRESH_MS });
  return (
    <Panel title="Channels" testId="channels">
      {data === null ? (
        <Notice title={error === null ? 'Reading the channels…' : 'The channels could not be read'}>
          {error?.message}
        </Notice>
      ) : (
        <div className={classes.scroll}>
          <table className={classes.table}>
            <caption className="pw-visually-hidden">Channels</caption>
            <thead>
              <tr>
                <th scope="col">State</th>
                <th scope="col">Channel</th>
                <th scope="col">Told of</th>
                <th scope="col">Last sent</th>
                <th scope="col">
                  <span className="pw-visually-hidden">Orders</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.channels.map((channel) => (
                <ChannelRow key={channel.id} channel={channel} onTested={refresh} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

function ChannelRow({
  channel,
  onTested,
}: {
  readonly channel: ChannelStatus;
  readonly onTested: () => void;
}): ReactNode {
  const { id, title, host, minSeverity, lastError, lastSentAtMs, waiting } = channel;
  const [testing, setTesting] = useState(false);
  const test = async (): Promise<void> => {
    setTesting(true);
    await giveOrder({
      name: 'channel.test',
      args: { channelId: id },
      accepted: () => `A test message went out on ${title}.`,
      refused: `The test of ${title} failed`,
    });
    setTesting(false);
    onTested();
  };
  return (
    <tr data-testid={`channel-${id}`}>
      <td className={classes.state}>
        <StatusMark {...channelLook(channel)} size={12} />
      </td>
      <th scope="row">
        <span className={classes.name}>{title}</span>
        {host !== null && <span className={classes.faint}> {host}</span>}
        {(lastError !== null || waiting > 0) && (
          <span className={classes.condition}>
            {lastError}
            {waiting > 0 && ` ${waiting} waiting`}
          </span>
        )}
      </th>
      <td className={classes.state}>
        {SEVERITY_LOOKS[minSeverity].word.toLowerCase()}
        {minSeverity !== 'critical' && ' and worse'}
      </td>
      <td className={classes.state}>
        {lastSentAtMs === null ? 'never' : <Age atMs={lastSentAtMs} short suffix=" ago" />}
      </td>
      <td className={classes.orders}>
        <Button
          size="compact-xs"
          data-testid={`test-${id}`}
          aria-label={`Test ${title}`}
          loading={testing}
          onClick={() => void test()}
        >
          Test
        </Button>
      </td>
    </tr>
  );
}
