// The channels that notices go to, how each fares, a test that tells at once, and the way to add, change and remove them.
import { Button } from '@mantine/core';
import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { ChannelStatus } from '../../../../../shared/contract/delivery';
import { DESKTOP_CHANNEL } from '../../../../../shared/domain/delivery';
import { Age } from '../../../components/age';
import { ConfirmDialog } from '../../../components/confirmDialog';
import { Notice } from '../../../components/notice';
import { giveOrder } from '../../../components/orders';
import { Panel } from '../../../components/panel';
import { SEVERITY_LOOKS, StatusMark } from '../../../components/status/statusMark';
import { useQuery } from '../../../hooks/useQuery';
import { ChannelDialog } from './channelDialog';
import { channelLook } from './deliveryWords';
import own from './channels.module.css';
import classes from '../rules/rules.module.css';

const REFRESH_MS = 5_000;

export function Channels(): ReactNode {
  const { data, error, refresh } = useQuery('channels.list', null, { everyMs: REFRESH_MS });
  const [adding, setAdding] = useState(false);
  return (
    <Panel
      title="Channels"
      testId="channels"
      aside={
        <Button
          size="compact-sm"
          data-testid="new-channel"
          leftSection={<Plus size={13} aria-hidden />}
          onClick={() => setAdding(true)}
        >
          Add a channel
        </Button>
      }
    >
      <ChannelDialog channel={null} opened={adding} onSaved={refresh} onClose={() => setAdding(false)} />
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
                <ChannelRow key={channel.id} channel={channel} onChanged={refresh} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

interface OrderProps {
  readonly channel: ChannelStatus;
  readonly onChanged: () => void;
}

function ChannelRow({ channel, onChanged }: OrderProps): ReactNode {
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
    onChanged();
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
      <td>
        <div className={own.orders}>
          <Button
            size="compact-xs"
            data-testid={`test-${id}`}
            aria-label={`Test ${title}`}
            loading={testing}
            onClick={() => void test()}
          >
            Test
          </Button>
          <Change channel={channel} onChanged={onChanged} />
          {id !== DESKTOP_CHANNEL && <Remove channel={channel} onChanged={onChanged} />}
        </div>
      </td>
    </tr>
  );
}

function Change({ channel, onChanged }: OrderProps): ReactNode {
  const [changing, setChanging] = useState(false);
  const { id, title } = channel;
  return (
    <>
      <Button
        size="compact-xs"
        data-testid={`change-${id}`}
        aria-label={`Change ${title}`}
        onClick={() => setChanging(true)}
      >
        Change…
      </Button>
      <ChannelDialog channel={channel} opened={changing} onSaved={onChanged} onClose={() => setChanging(false)} />
    </>
  );
}

function Remove({ channel: { id, title }, onChanged }: OrderProps): ReactNode {
  const [asking, setAsking] = useState(false);
  const remove = async (): Promise<void> => {
    await giveOrder({
      name: 'channel.remove',
      args: { channelId: id },
      accepted: () => `${title} is removed.`,
      refused: 'The channel was not removed',
    });
    onChanged();
  };
  return (
    <>
      <Button
        size="compact-xs"
        data-testid={`remove-${id}`}
        aria-label={`Remove ${title}`}
        onClick={() => setAsking(true)}
      >
        Remove…
      </Button>
      <ConfirmDialog
        opened={asking}
        title={`Remove “${title}”?`}
        confirm="Remove"
        onClose={() => setAsking(false)}
        onConfirm={() => void remove()}
      >
        <p>
          No notice goes there any more, what waits for it is held back, and its address and token are deleted. The log
          of deliveries keeps what was sent.
        </p>
      </ConfirmDialog>
    </>
  );
}
