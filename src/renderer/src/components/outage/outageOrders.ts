// Starting and ending the guided outage.
import type { LongOperation } from '../../../../shared/domain/operation';
import { giveOrder } from '../orders';
import { t } from '../../texts/texts';

export function isOutageUnderWay({ kind, endedAtMs }: LongOperation): boolean {
  return kind === 'outage' && endedAtMs === null;
}

export function startOutage(): Promise<boolean> {
  return giveOrder({
    name: 'demo.outage',
    args: null,
    accepted: () => null,
    refused: t('outage.notBegun'),
  });
}

export function endOutage(operationId: string): Promise<boolean> {
  return giveOrder({
    name: 'operation.cancel',
    args: { operationId },
    accepted: () => null,
    refused: t('outage.goesOn'),
  });
}
