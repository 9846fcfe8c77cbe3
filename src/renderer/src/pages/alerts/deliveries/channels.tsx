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
import { StatusMark } from '../../../components/status/statusMark';
import { useQuery } from '../../../hooks/useQuery';
import { ChannelDialog } from './channelDialog';
import { channelMark } from './deliveryWords';
import { t } from '../../../texts/texts';
import own from './channels.module.css';
import classes from '../rules/rules.module.css';

const REFRESH_MS = 5_000;

export function Channels(): ReactNode {
  const { data, error, refresh } = useQuery('channels.list', null, { everyMs: REFRESH_MS });
  const [adding, setAdding] = useState(false);
  return (
    <Panel
      title={t('alerts.channels')}
      testId="channels"
      aside={
        <Button
          size="compact-sm"
          data-testid="new-channel"
          leftSection={<Plus size={13} aria-hidden />}
          onClick={() => setAdding(true)}
        >
          {t('alerts.addChannel')}
        </Button>
      }
    >
      <ChannelDialog channel={null} opened={adding} onSaved={refresh} onClose={() => setAdding(false)} />
      {data === null ? (
        <Notice title={error === null ? t('alerts.readingChannels') : t('alerts.channelsNotRead')}>
          {error?.message}
        </Notice>
      ) : (
        <div className={classes.scroll}>
          <table className={classes.table}>
            <caption className="pw-visually-hidden">{t('alerts.channels')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('alerts.columnState')}</th>
                <th scope="col">{t('alerts.columnChannel')}</th>
                <th scope="col">{t('alerts.toldOf')}</th>
                <th scope="col">{t('alerts.columnLastSent')}</th>
                <th scope="col">
                  <span className="pw-visually-hidden">{t('alerts.columnOrders')}</span>
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
      accepted: () => t('alerts.testSent', { title }),
      refused: t('alerts.testFailed', { title }),
    });
    setTesting(false);
    onChanged();
  };
  return (
    <tr data-testid={`channel-${id}`}>
      <td className={classes.state}>
        <StatusMark {...channelMark(channel)} size={12} />
      </td>
      <th scope="row">
        <span className={classes.name}>{title}</span>
        {host !== null && <span className={classes.faint}> {host}</span>}
        {(lastError !== null || waiting > 0) && (
          <span className={classes.condition}>
            {lastError}
            {waiting > 0 && ` ${t('alerts.channelWaiting', { waiting })}`}
          </span>
        )}
      </th>
      <td className={classes.state}>{t(`alerts.toldFrom.${minSeverity}`)}</td>
      <td className={classes.state}>
        {lastSentAtMs === null ? t('alerts.never') : <Age atMs={lastSentAtMs} short ago />}
      </td>
      <td>
        <div className={own.orders}>
          <Button
            size="compact-xs"
            data-testid={`test-${id}`}
            aria-label={t('alerts.testOne', { title })}
            loading={testing}
            onClick={() => void test()}
          >
            {t('alerts.test')}
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
        aria-label={t('alerts.changeOne', { title })}
        onClick={() => setChanging(true)}
      >
        {t('alerts.changeAsk')}
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
      accepted: () => t('alerts.channelRemoved', { title }),
      refused: t('alerts.channelNotRemoved'),
    });
    onChanged();
  };
  return (
    <>
      <Button
        size="compact-xs"
        data-testid={`remove-${id}`}
        aria-label={t('alerts.removeOne', { title })}
        onClick={() => setAsking(true)}
      >
        {t('alerts.removeAsk')}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t('alerts.removeTitle', { title })}
        confirm={t('alerts.remove')}
        onClose={() => setAsking(false)}
        onConfirm={() => void remove()}
      >
        <p>{t('alerts.removeHint')}</p>
      </ConfirmDialog>
    </>
  );
}
