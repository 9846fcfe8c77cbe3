import { describe, expect, it } from 'vitest';
import { DeliveryError } from '../../../src/main/delivery/channel';
import type { ShowNotice } from '../../../src/main/delivery/channels/desktopChannel';
import { type DeliveryDesk, startDelivery } from '../../../src/main/delivery/startDelivery';
import type { Store } from '../../../src/main/storage/store';
import type { Delivery, NotificationSettings } from '../../../src/shared/domain/delivery';
import { FakeClock } from '../../support/fakeClock';
import { notice } from './support';

const HOOK = {
  id: 'webhook-1',
  kind: 'webhook',
  title: 'Team',
  host: 'hook.example',
  enabled: true,
  minSeverity: 'info',
} as const;

interface Surroundings {
  readonly clock: FakeClock;
  readonly desk: DeliveryDesk;
  readonly warned: string[];
}

async function started(change: {
  readonly channels?: NotificationSettings['channels'];
  readonly showNotice?: ShowNotice;
  readonly get?: () => Promise<string | null>;
  readonly read?: () => Promise<readonly Delivery[]>;
}): Promise<Surroundings> {
  const clock = new FakeClock();
  const warned: string[] = [];
  let settings: NotificationSettings = {
    desktop: { enabled: true, minSeverity: 'info' },
    channels: change.channels ?? [],
  };
  const desk = await startDelivery({
    clock,
    monitor: { read: change.read ?? (() => Promise.resolve([])), write: () => Promise.resolve({}) } as unknown as Store,
    logger: { warn: (_fields: object, text: string) => void warned.push(text) } as never,
    userAgent: 'Poolwatch/test',
    otherSecrets: [],
    showNotice: change.showNotice ?? (() => Promise.resolve({ kind: 'sent' })),
    secrets: {
      isPersistent: () => true,
      get: change.get ?? (() => Promise.resolve(null)),
      set: () => Promise.resolve(),
    },
    settings: () => settings,
    saveSettings: (next) => void (settings = next),
  });
  return { clock, desk, warned };
}

const failures = (desk: DeliveryDesk): readonly (number | null)[] => desk.readings().map(({ value }) => value);

/** Queued in an earlier start. */
function keptOf(incidentId: string): readonly Delivery[] {
  const atMs = new FakeClock().wallMs();
  const { id, suppressed: _, atMs: noticeAtMs, ...said } = notice(incidentId, 'fired', atMs);
  return [
    {
      ...{ ...said, noticeId: id, key: `${id}|desktop`, channelId: 'desktop', noticeAtMs, offeredAtMs: atMs },
      ...{ state: 'queued', reason: null, attempts: 0, nextAtMs: null, digestKey: null, observedAtMs: atMs },
    },
  ];
}

describe('delivery', () => {
  it('tells the end of what an earlier start told, though that could not be read at first', async () => {
    const shown: string[] = [];
    const showNotice: ShowNotice = ({ title }) => {
      shown.push(title);
      return Promise.resolve({ kind: 'sent' });
    };
    const reads = [() => Promise.reject(new Error('locked')), () => Promise.resolve(keptOf('A'))];
    const { clock, desk, warned } = await started({ showNotice, read: () => reads.shift()!() });
    expect(warned).toEqual(['notices of an earlier start could not be read']);
    // Known again, it sends what was queued, and no end of what was not told here.
    await clock.advance(10_000);
    desk.offer(notice('A', 'resolved', clock.wallMs()));
    desk.offer(notice('B', 'resolved', clock.wallMs()));
    await clock.advance(1_000);
    expect(shown).toEqual(['Warning: A is down', 'Over: A is down']);
    await desk.stop();
  });

  it('tells an end too many while nobody knows what an earlier start told, and sends that in its order later', async () => {
    const shown: string[] = [];
    const showNotice: ShowNotice = ({ title }) => {
      shown.push(title);
      return Promise.resolve({ kind: 'sent' });
    };
    let isReadable = false;
    const read = () => (isReadable ? Promise.resolve(keptOf('A')) : Promise.reject(new Error('locked')));
    const { clock, desk } = await started({ showNotice, read });
    desk.offer(notice('B', 'resolved', clock.wallMs()));
    await clock.advance(1_000);
    expect(shown).toEqual(['Over: B is down']);
    isReadable = true;
    desk.restoreNotices([notice('C', 'fired', clock.wallMs())]);
    await clock.advance(10_000);
    expect(shown.slice(1).toSorted()).toEqual(['Warning: A is down', 'Warning: C is down']);
    await desk.stop();
  });

  it('has nothing against a channel that was switched off, however it failed before', async () => {
    const { clock, desk } = await started({ showNotice: () => Promise.reject(new DeliveryError('no desktop')) });
    desk.offer(notice('A', 'fired', clock.wallMs()));
    await clock.advance(4_000);
    expect(failures(desk)).toEqual([3]);
    await desk.channels.save({ kind: 'desktop', enabled: false, minSeverity: 'info' });
    expect(failures(desk)).toEqual([0]);
    await desk.stop();
  });

  it.each([
    ['is damaged', () => Promise.resolve('{"url":'), 'enter it again'],
    ['is kept by a keychain that will not open', () => Promise.reject(new Error('It is locked.')), 'It is locked.'],
  ])('starts though the address of a channel %s, and says so when it is needed', async (_what, get, said) => {
    const { clock, desk } = await started({ channels: [HOOK], get });
    desk.offer(notice('A', 'fired', clock.wallMs()));
    await clock.advance(1_000);
    const [, hook] = desk.channels.list();
    expect(hook).toMatchObject({ id: 'webhook-1', lastError: expect.stringContaining(said) });
    await desk.stop();
  });
});
