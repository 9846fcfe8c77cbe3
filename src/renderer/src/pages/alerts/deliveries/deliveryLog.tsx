// What was offered to the channels, newest first, and what became of it.
import { Anchor, Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ChannelStatus } from '../../../../../shared/contract/delivery';
import type { Delivery } from '../../../../../shared/domain/delivery';
import { formatDateTime, formatUtc } from '../../../../../shared/util/format';
import { Countdown } from '../../../components/age';
import { Notice } from '../../../components/notice';
import { SEVERITY_LOOKS, StatusGlyph, StatusMark } from '../../../components/status/statusMark';
import { useQuery } from '../../../hooks/useQuery';
import { navigate } from '../../../store/route';
import { DELIVERY_LOOKS } from './deliveryWords';
import { rich } from '../../../texts/rich';
import { t } from '../../../texts/texts';
import classes from '../rules/rules.module.css';

const STEP = 50;
const MOST = 500;
const REFRESH_MS = 5_000;

/** @param incidentId null for those of every incident */
export function DeliveryLog({ incidentId }: { readonly incidentId: string | null }): ReactNode {
  const [limit, setLimit] = useState(STEP);
  const { data, error, refresh } = useQuery(
    'alerts.deliveries',
    { incidentId, limit },
    { everyMs: REFRESH_MS, trigger: limit, identity: incidentId ?? 'all' },
  );
  const channels = useQuery('channels.list', null).data?.channels ?? [];
  if (data === null) {
    return error === null ? (
      <Notice title={t('alerts.readingLog')} />
    ) : (
      <Notice title={t('alerts.logNotRead')} tone="error" action={{ label: t('common.tryAgain'), run: refresh }}>
        {error.message}
      </Notice>
    );
  }
  if (data.deliveries.length === 0) {
    return <Notice title={t('alerts.nothingSent')}>{t('alerts.nothingSentHint')}</Notice>;
  }
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <caption className="pw-visually-hidden">{t('alerts.deliveriesCaption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('alerts.columnOutcome')}</th>
            <th scope="col">{t('alerts.columnNotice')}</th>
            <th scope="col">{t('alerts.columnChannel')}</th>
            <th scope="col">{t('alerts.columnWhen')}</th>
          </tr>
        </thead>
        <tbody>
          {data.deliveries.map((delivery) => (
            <DeliveryRow key={delivery.key} delivery={delivery} channels={channels} linked={incidentId === null} />
          ))}
        </tbody>
      </table>
      {data.deliveries.length >= limit && limit < MOST && (
        <Button variant="subtle" onClick={() => setLimit(limit + STEP)}>
          {t('common.showOlder')}
        </Button>
      )}
    </div>
  );
}

interface DeliveryRowProps {
  readonly delivery: Delivery;
  readonly channels: readonly ChannelStatus[];
  /** Leads to its incident, where that is not what is on the screen anyway. */
  readonly linked: boolean;
}

function DeliveryRow({ delivery, channels, linked }: DeliveryRowProps): ReactNode {
  const { state, severity, title, reason, channelId, incidentId, noticeAtMs, attempts, nextAtMs } = delivery;
  const look = DELIVERY_LOOKS[state];
  return (
    <tr data-testid="delivery">
      <td className={classes.state}>
        <StatusMark tone={look.tone} word={t(look.wordKey)} size={12} />
      </td>
      <th scope="row">
        <StatusGlyph tone={SEVERITY_LOOKS[severity].tone} size={11} />
        <span className="pw-visually-hidden">{t(SEVERITY_LOOKS[severity].wordKey)}</span>{' '}
        {linked && incidentId !== null ? (
          <Anchor component="button" type="button" inherit onClick={() => navigate('alerts', incidentId)}>
            {title}
          </Anchor>
        ) : (
          title
        )}
        {(reason !== null || nextAtMs !== null || attempts > 1) && (
          <span className={classes.condition}>
            {reason}
            {attempts > 1 && ` ${t('alerts.attempts', { count: attempts })}.`}
            {nextAtMs !== null && (
              <> {rich('alerts.nextIn', { countdown: <Countdown atMs={nextAtMs} due={t('common.aMoment')} /> })}</>
            )}
          </span>
        )}
      </th>
      <td className={classes.state}>{channels.find(({ id }) => id === channelId)?.title ?? channelId}</td>
      <td className={classes.state} title={formatUtc(noticeAtMs)}>
        {formatDateTime(noticeAtMs)}
      </td>
    </tr>
  );
}
