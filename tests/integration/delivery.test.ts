import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { DeliveryError } from '../../src/main/delivery/channel';
import { createPoster } from '../../src/main/delivery/channels/remoteChannel';
import { RESTORED_WAIT_MS } from '../../src/main/delivery/outbox';
import { startDelivery, type DeliveryDesk } from '../../src/main/delivery/startDelivery';
import { silentLogger, type Logger } from '../../src/main/logging/logger';
import { DEFAULT_SETTINGS } from '../../src/main/settings/settingsSchema';
import type { Store } from '../../src/main/storage/store';
import type { SaveChannelArgs } from '../../src/shared/contract/delivery';
import type { Delivery, Message, NotificationSettings } from '../../src/shared/domain/delivery';
import { openTestStore, storeOptions, temporaryFolder } from '../storage/support/storeFixture';
import { until } from '../support/engineBench';
import { FakeClock } from '../support/fakeClock';
import { startGarbage, startReceiver, type NoticeReceiver } from '../support/noticeReceiver';
import { notice } from '../unit/delivery/support';

const LIMIT_MS = 300;
const SECOND = 1_000;
const TOKEN = 'tk-very-secret-1';

const message: Message = {
  idempotencyKey: 'abc',
  incidentId: 'A',
  kind: 'fired',
  severity: 'critical',
  title: 'Critical: A & B are <down>',
  body: 'Since 10:00.',
  atMs: Date.UTC(2026, 0, 1),
};

let receiver: NoticeReceiver;
beforeAll(async () => {
  receiver = await startReceiver();
  // It is read at the first call otherwise, within the short limit of these.
  await import('undici');
});
afterAll(() => receiver.stop());
beforeEach(() => {
  (receiver.posts as unknown[]).length = 0;
  receiver.behave({ kind: 'answer', status: 200 });
});

describe('a receiver elsewhere', () => {
  const poster = createPoster({ userAgent: 'Poolwatch-test', clock: { wallMs: Date.now }, limitMs: LIMIT_MS });
  afterAll(() => poster.close());

  const post = (url: string, kind: 'webhook' | 'slack' | 'ntfy' = 'webhook', token: string | null = null) =>
    poster.post(kind, { url, token }, message, new AbortController().signal);

  async function refusal(url: string): Promise<DeliveryError> {
    const error: unknown = await post(url).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof DeliveryError)) throw new Error(`expected a DeliveryError, got ${String(error)}`);
    expect(error.message).not.toContain('hidden-path');
    return error;
  }

  it('gets what its kind expects, with the key that tells a second copy apart', async () => {
    await post(`${receiver.url}/in?x=1`, 'webhook', TOKEN);
    await post(`${receiver.url}/services/T/B/x`, 'slack');
    await post(`${receiver.url}/base/my%20topic`, 'ntfy', TOKEN);
    expect(receiver.posts.map(({ path, body }) => [path, body])).toEqual([
      [
        '/in?x=1',
        {
          source: 'poolwatch',
          version: 1,
          id: 'abc',
          incidentId: 'A',
          kind: 'fired',
          severity: 'critical',
          title: 'Critical: A & B are <down>',
          body: 'Since 10:00.',
          at: '2026-01-01T00:00:00.000Z',
        },
      ],
      ['/services/T/B/x', { text: '*Critical: A &amp; B are &lt;down&gt;*\nSince 10:00.' }],
      [
        '/base',
        {
          topic: 'my topic',
          title: 'Critical: A & B are <down>',
          message: 'Since 10:00.',
          priority: 5,
          tags: ['poolwatch', 'critical'],
        },
      ],
    ]);
    for (const { headers } of receiver.posts) {
      expect(headers).toMatchObject({ 'idempotency-key': 'abc', 'content-type': 'application/json' });
    }
    expect(receiver.posts.map(({ headers }) => headers.authorization)).toEqual([
      `Bearer ${TOKEN}`,
      undefined,
      `Bearer ${TOKEN}`,
    ]);
  });

  it('that never answers, or talks garbage, or is not there, is tried again', async () => {
    receiver.behave({ kind: 'hang' });
    const host = new URL(receiver.url).host;
    expect(await refusal(`${receiver.url}/hidden-path`)).toMatchObject({
      message: `${host} did not answer within ${LIMIT_MS / 1_000} s.`,
      final: false,
    });
    const garbage = await startGarbage();
    expect((await refusal(`${garbage.url}/hidden-path`)).final).toBe(false);
    await garbage.stop();
    expect(await refusal(`${garbage.url}/hidden-path`)).toMatchObject({
      message: `${new URL(garbage.url).host} refused the connection.`,
      final: false,
    });
  });

  it('has accepted once it says so, even if its answer never ends', async () => {
    receiver.behave({ kind: 'trickle' });
    await post(receiver.url);
    expect(receiver.posts).toHaveLength(1);
  });

  it.each([
    [500, false, /answered with 500/],
    [503, false, /answered with 503/],
    [404, true, /refused the message \(404\)/],
    [401, true, /its address or token is wrong/],
    [302, true, /points elsewhere/],
  ])('that answers with %i: given up at once is %s', async (status, final, said) => {
    receiver.behave({ kind: 'answer', status, headers: { location: `${receiver.url}/other` } });
    const error = await refusal(`${receiver.url}/hidden-path`);
    expect(error.final).toBe(final);
    expect(error.message).toMatch(said);
    expect(receiver.posts).toHaveLength(1);
  });

  it('that is busy says how long to wait', async () => {
    receiver.behave({ kind: 'answer', status: 429, headers: { 'retry-after': '7' } });
    expect(await refusal(receiver.url)).toMatchObject({ final: false, retryAfterMs: 7 * SECOND });
  });
});

interface Desk {
  readonly desk: DeliveryDesk;
  readonly shown: Message[];
  settings(): NotificationSettings;
}

const secrets = new Map<string, string>();

async function startDesk(
  clock: FakeClock,
  monitor: Store,
  settings: NotificationSettings,
  logger = silentLogger,
): Promise<Desk> {
  const shown: Message[] = [];
  let current = settings;
  const desk = await startDelivery({
    clock,
    monitor,
    logger,
    userAgent: 'Poolwatch-test',
    otherSecrets: ['CG-key-123456'],
    showNotice(one) {
      shown.push(one);
      return Promise.resolve({ kind: 'sent' });
    },
    secrets: {
      isPersistent: () => true,
      get: (name) => Promise.resolve(secrets.get(name) ?? null),
      set: (name, value) => Promise.resolve(void (value === null ? secrets.delete(name) : secrets.set(name, value))),
    },
    settings: () => current,
    saveSettings: (next) => void (current = next),
  });
  onTestFinished(() => desk.stop());
  return { desk, shown, settings: () => current };
}

const hook = (url: string): SaveChannelArgs => ({
  kind: 'webhook',
  id: null,
  title: 'Ops',
  enabled: true,
  minSeverity: 'warning',
  address: { url, token: TOKEN },
});

const list = (monitor: Store): Promise<readonly Delivery[]> =>
  monitor.read('deliveries.list', { incidentId: 'A', limit: 10 });

/** Fake time in small steps, with real time for what goes over the network. */
async function untilOver(clock: FakeClock, what: string, condition: () => boolean): Promise<void> {
  for (let step = 0; step < 100 && !condition(); step += 1) {
    await clock.advance(100);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  if (!condition()) throw new Error(`waited in vain: ${what}`);
}

describe('delivery', () => {
  it('outlives a restart: tried again under the same key, its history kept, and no secret anywhere', async () => {
    secrets.clear();
    const folder = temporaryFolder();
    const options = storeOptions(folder, 'monitor');
    const logged: string[] = [];
    const log = (fields: object, text: string): void => void logged.push(JSON.stringify({ fields, text }));
    const logger: Logger = { debug: log, info: log, warn: log, error: log, child: () => logger };
    const clock = new FakeClock();

    const monitor = await openTestStore(options);
    const first = await startDesk(clock, monitor, DEFAULT_SETTINGS.notifications, logger);
    const address = `${receiver.url}/services/hidden-path`;
    const saved = await first.desk.channels.save(hook(address));
    if (!saved.ok) throw new Error(saved.error.message);
    const { id } = saved.value;
    receiver.behave({ kind: 'answer', status: 500 });
    const fired = notice('A', 'fired', clock.wallMs(), { body: `Asked ${address} with CG-key-123456.` });
    first.desk.offer(fired);
    await until('two attempts', () => {
      void clock.advance(100);
      return receiver.posts.length === 2;
    });
    await untilOver(clock, 'the failures are counted', () => first.desk.readings()[1]?.value === 2);
    expect(first.desk.readings()[1]).toMatchObject({
      metric: 'channel.failures',
      target: { kind: 'channel', id },
      detail: `${new URL(receiver.url).host} answered with 500.`,
    });
    expect(first.shown.map(({ title }) => title)).toEqual(['Warning: A is down']);
    await first.desk.stop();
    await monitor.close();

    receiver.behave({ kind: 'answer', status: 200 });
    const reopened = await openTestStore(options);
    const second = await startDesk(clock, reopened, first.settings(), logger);
    second.desk.offer(fired);
    await clock.advance(RESTORED_WAIT_MS);
    await until('delivered', () => receiver.posts.length === 3);
    await until('accepted', () => second.desk.channels.list()[1]?.waiting === 0);
    expect(new Set(receiver.posts.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(second.shown).toEqual([]);

    await expect
      .poll(() => list(reopened))
      .toMatchObject([
        { channelId: id, state: 'sent', attempts: 3, reason: null },
        { channelId: 'desktop', state: 'sent', attempts: 1 },
      ]);
    await second.desk.stop();
    await reopened.close();
    const everything = [
      readFileSync(join(folder, 'monitor.db'), 'latin1').replaceAll(fired.body, ''),
      JSON.stringify(second.settings()),
      logged.join('\n'),
      JSON.stringify(receiver.posts.map(({ body }) => body)),
    ];
    for (const text of everything) expect(text).not.toMatch(/hidden-path|tk-very-secret|CG-key-123456/);
  });

  it('is changed by a person: a test says what is wrong, a mended address is used at once, a removed one forgotten', async () => {
    secrets.clear();
    const clock = new FakeClock();
    const monitor = await openTestStore(storeOptions(temporaryFolder(), 'monitor'));
    const { desk, settings, shown } = await startDesk(clock, monitor, DEFAULT_SETTINGS.notifications);
    expect(await desk.channels.save(hook('ftp://example.org'))).toMatchObject({
      error: { code: 'bad_request', field: 'address.url' },
    });
    receiver.behave({ kind: 'answer', status: 404 });
    const saved = await desk.channels.save(hook(`${receiver.url}/wrong`));
    if (!saved.ok) throw new Error(saved.error.message);
    const { id } = saved.value;
    expect(await desk.channels.test(id)).toMatchObject({
      error: { code: 'unavailable', message: expect.stringContaining('its address or token is wrong') },
    });
    expect(desk.channels.list()[1]).toMatchObject({ failures: 1, host: new URL(receiver.url).host });

    receiver.behave({ kind: 'answer', status: 200 });
    await desk.channels.save({ ...hook(`${receiver.url}/right`), id } as SaveChannelArgs);
    expect(await desk.channels.test(id)).toEqual({ ok: true, value: null });
    expect(receiver.posts.at(-1)).toMatchObject({ path: '/right', body: { severity: 'info' } });
    expect(desk.channels.list()[1]).toMatchObject({ failures: 0, lastError: null });

    expect(await desk.channels.test('desktop')).toEqual({ ok: true, value: null });
    expect(shown).toHaveLength(1);
    expect(JSON.stringify(settings())).not.toContain('/right');
    expect(await desk.channels.remove(id)).toEqual({ ok: true, value: null });
    expect(secrets.size).toBe(0);
    expect(desk.channels.list().map((channel) => channel.id)).toEqual(['desktop']);
  });
});
