// The orders about one incident. Acknowledging and silencing ask for words first; the rest is done at once.
import { Button, Menu } from '@mantine/core';
import { BellOff, Check, ChevronDown, Clock } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Incident } from '../../../../shared/domain/alerts';
import { useNow } from '../../hooks/useNow';
import { navigate } from '../../store/route';
import { useSnapshot } from '../../store/selectors';
import { AckDialog } from './ackDialog';
import { orderSilenceEnd, orderSnooze, orderUnack } from './incidentOrders';
import { isSnoozed, placeOf } from './incidentWords';
import { SilenceDialog } from './silenceDialog';
import { SNOOZES } from './snoozeTimes';
import { t } from '../../texts/texts';
import classes from './incident.module.css';

const ICON_PROPS = { size: 13, strokeWidth: 1.75, 'aria-hidden': true } as const;

interface IncidentActionsProps {
  readonly incident: Incident;
  /** Its details are open, so nothing needs to open them. */
  readonly opened: boolean;
}

export function IncidentActions({ incident, opened }: IncidentActionsProps): ReactNode {
  const collectors = useSnapshot((snapshot) => snapshot.collectors);
  const place = placeOf(incident.root, collectors);
  return (
    <div className={classes.actions} role="group" aria-label={t('incidents.ordersAbout', { title: incident.title })}>
      {incident.state !== 'resolved' && <Holding incident={incident} />}
      {!opened && (
        <Button
          size="compact-sm"
          variant="subtle"
          data-testid="incident-details"
          aria-label={t('incidents.detailsOf', { title: incident.title })}
          onClick={() => navigate('alerts', incident.id)}
        >
          {t('incidents.details')}
        </Button>
      )}
      {place !== null && (
        <Button size="compact-sm" variant="subtle" data-testid="incident-place" onClick={place.open}>
          {place.label}
        </Button>
      )}
    </div>
  );
}

function Holding({ incident }: { readonly incident: Incident }): ReactNode {
  const { id, ack, silencedBy } = incident;
  const [asking, setAsking] = useState<'ack' | 'silence' | null>(null);
  const snoozed = useNow((nowMs) => isSnoozed(incident, nowMs));
  const close = (): void => setAsking(null);
  return (
    <>
      {ack === null ? (
        <Button
          size="compact-sm"
          data-testid="incident-ack"
          leftSection={<Check {...ICON_PROPS} />}
          onClick={() => setAsking('ack')}
        >
          {t('incidents.acknowledgeAsk')}
        </Button>
      ) : (
        <Button size="compact-sm" data-testid="incident-unack" onClick={() => void orderUnack(id)}>
          {t('incidents.unacknowledge')}
        </Button>
      )}
      {snoozed ? (
        <Button size="compact-sm" data-testid="incident-unsnooze" onClick={() => void orderSnooze(id, null)}>
          {t('incidents.endSnooze')}
        </Button>
      ) : (
        <SnoozeMenu incidentId={id} />
      )}
      {silencedBy === null ? (
        <Button
          size="compact-sm"
          data-testid="incident-silence"
          leftSection={<BellOff {...ICON_PROPS} />}
          onClick={() => setAsking('silence')}
        >
          {t('incidents.silenceAsk')}
        </Button>
      ) : (
        <Button size="compact-sm" data-testid="incident-unsilence" onClick={() => void orderSilenceEnd(silencedBy)}>
          {t('incidents.endSilence')}
        </Button>
      )}
      <AckDialog incident={incident} opened={asking === 'ack'} onClose={close} />
      <SilenceDialog about={incident} opened={asking === 'silence'} onClose={close} />
    </>
  );
}

function SnoozeMenu({ incidentId }: { readonly incidentId: string }): ReactNode {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          size="compact-sm"
          data-testid="incident-snooze"
          leftSection={<Clock {...ICON_PROPS} />}
          rightSection={<ChevronDown size={12} aria-hidden />}
        >
          {t('incidents.snooze')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('incidents.holdReminders')}</Menu.Label>
        {SNOOZES.map(({ key, labelKey, until }) => (
          <Menu.Item
            key={key}
            data-testid={`snooze-${key}`}
            onClick={() => void orderSnooze(incidentId, until(Date.now()))}
          >
            {t(labelKey)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
