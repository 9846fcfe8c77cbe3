// Who was told of what, where, and why not: the channels, and the log of everything that was offered to them.
import type { ReactNode } from 'react';
import { Panel } from '../../../components/panel';
import { Channels } from './channels';
import { DeliveryLog } from './deliveryLog';
import classes from '../alerts.module.css';

export function Deliveries(): ReactNode {
  return (
    <div className={classes.list}>
      <Channels />
      <Panel title="Delivery log" aside="the inbox behind the bell has every notice in any case" testId="delivery-log">
        <DeliveryLog incidentId={null} />
      </Panel>
    </div>
  );
}
