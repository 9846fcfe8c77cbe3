// Who was told of what, where, and why not: the channels, and the log of everything that was offered to them.
import type { ReactNode } from 'react';
import { Panel } from '../../../components/panel';
import { Channels } from './channels';
import { DeliveryLog } from './deliveryLog';
import { t } from '../../../texts/texts';
import classes from '../alerts.module.css';

export function Deliveries(): ReactNode {
  return (
    <div className={classes.list}>
      <Channels />
      <Panel title={t('alerts.deliveryLog')} aside={t('alerts.deliveryLogAside')} testId="delivery-log">
        <DeliveryLog incidentId={null} />
      </Panel>
    </div>
  );
}
