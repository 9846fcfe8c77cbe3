// Joins outbox, channels and record for one profile: the door through which notices leave the program.
import type { Notice } from '../../shared/domain/alerts';
import type { NotificationSettings } from '../../shared/domain/delivery';
import type { Reading } from '../../shared/domain/metrics';
import type { Clock } from '../../shared/util/clock';
import { retried } from '../../shared/util/retried';
import type { Logger } from '../logging/logger';
import type { Store } from '../storage/store';
import { type AddressStore, ChannelBook } from './channelBook';
import type { ShowNotice } from './channels/desktopChannel';
import { createPoster } from './channels/remoteChannel';
import { DeliveryRecord } from './deliveryRecord';
import { Outbox } from './outbox';

/** Notices that are known for this long are recognised when they are offered again. */
const REMEMBERED_MS = 24 * 60 * 60_000;

/** What delivery needs of the surroundings. */
export interface DeliveryPorts {
  readonly showNotice: ShowNotice;
  readonly secrets: AddressStore;
  readonly settings: () => NotificationSettings;
  readonly saveSettings: (settings: NotificationSettings) => void;
}

export interface DeliveryOptions extends DeliveryPorts {
  readonly clock: Clock;
  readonly monitor: Pick<Store, 'read' | 'write'>;
  readonly logger: Logger;
  readonly userAgent: string;
  /** Other secrets of the program that a notice could repeat: the API key. */
  readonly otherSecrets: readonly string[];
}

export interface DeliveryDesk {
  /** Never throws and never waits; a notice that was offered before is ignored. */
  offer(notice: Notice): void;
  /** What was said before the start, oldest first; what the program ended before it could send is sent now. */
  restoreNotices(notices: readonly Notice[]): void;
  readonly channels: ChannelBook;
  /** `channel.failures` of every channel now; costs nothing, so it may be asked at every tick. */
  readings(): readonly Reading[];
  /** What was not sent is sent after the next start. Before the database closes. */
  stop(): Promise<void>;
}

/** Restores what an earlier start has left: before it is there, or, where the record cannot be read at once, as soon as it can. */
export async function startDelivery(options: DeliveryOptions): Promise<DeliveryDesk> {
  const { clock, monitor, logger, userAgent, otherSecrets } = options;
  const record = new DeliveryRecord(monitor, (error) =>
    logger.warn({ error: describe(error) }, 'what became of a notice could not be recorded'),
  );
  const poster = createPoster({ userAgent, clock });
  const outbox: Outbox = new Outbox({
    clock,
    secrets: () => [...otherSecrets, ...channels.secrets()],
    save: (delivery) => record.save(delivery),
    onAttempt(channelId, { failures, lastError }) {
      if (lastError !== null) logger.warn({ channelId, failures, error: lastError }, 'a notice could not be delivered');
    },
  });
  const channels: ChannelBook = new ChannelBook({ ...options, outbox, poster });
  await channels.open();
  let failed = (): void => undefined;
  const failedOnce = new Promise<void>((resolve) => {
    failed = resolve;
  });
  const reading = retried(
    () => record.load(clock.wallMs() - REMEMBERED_MS),
    clock,
    (error) => {
      logger.warn({ error: describe(error) }, 'notices of an earlier start could not be read');
      failed();
    },
  );
  const restored = reading.value.then((deliveries) => outbox.restore(deliveries));
  await Promise.race([restored, failedOnce]);
  return {
    offer: (notice) => outbox.offer(notice),
    restoreNotices(notices) {
      // While nobody knows what was sent, everything would be sent again.
      void restored.then(() => outbox.restoreNotices(notices));
    },
    channels,
    readings: () =>
      // Of one that is switched off nobody expects anything, and nothing could show any more that it works.
      channels.list().map(({ id, enabled, failures, lastError }) => ({
        metric: 'channel.failures',
        target: { kind: 'channel', id },
        value: enabled ? failures : 0,
        atMs: clock.wallMs(),
        detail: enabled ? lastError : null,
      })),
    async stop() {
      reading.stop();
      await outbox.stop();
      await poster.close();
    },
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
