// The dead man's switch over real HTTP, on a clock that the test moves.
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { LatestReadings } from '../../../src/main/doors/latestReadings';
import { Ping, PING_EVERY_MS } from '../../../src/main/doors/ping';
import { FakeClock } from '../../support/fakeClock';
import { type NoticeReceiver, startReceiver } from '../../support/noticeReceiver';

const SECRET = 'f00d-secret-path';
const SECOND_MS = 1_000;

let clock: FakeClock;
let receiver: NoticeReceiver;
let latest: LatestReadings;
let ping: Ping;
let isJudging: boolean;
const log: string[] = [];

const note = (fields: object, message: string): void => void log.push(`${message} ${JSON.stringify(fields)}`);

// Read at the first call, which is no part of how long a receiver takes.
beforeAll(() => import('undici'));
beforeEach(async () => {
  clock = new FakeClock();
  receiver = await startReceiver();
  latest = new LatestReadings(clock);
  isJudging = true;
  log.length = 0;
  const judge = (): void => {
    if (isJudging) latest.judged([]);
    clock.after(SECOND_MS, judge);
  };
  judge();
  ping = new Ping({
    clock,
    url: `${receiver.url}/${SECRET}?key=${SECRET}`,
    userAgent: 'Poolwatch-test',
    logger: { info: note, warn: note },
    isOnTime: () => latest.isOnTime,
    limitMs: 300,
  });
  ping.start();
});
afterEach(async () => {
  await ping.stop();
  await receiver.stop();
});

/** Lets one minute pass, at the end of which a ping is due, and waits until it has come and been answered. */
async function minuteWithPing(failures = 0): Promise<void> {
  const before = receiver.posts.length;
  await clock.advance(PING_EVERY_MS);
  await vi.waitFor(() => {
    expect(receiver.posts).toHaveLength(before + 1);
    expect(ping.reading().value).toBe(failures);
  });
}

describe('the ping', () => {
  it('comes each minute while alerts are judged', async () => {
    for (let count = 1; count <= 3; count += 1) await minuteWithPing();
    expect(receiver.posts).toHaveLength(3);
    expect(receiver.posts[0]).toMatchObject({
      path: `/${SECRET}?key=${SECRET}`,
      headers: { 'user-agent': 'Poolwatch-test' },
      body: null,
    });
  });

  it('stays away while alerts are not judged, says so once, and comes again when they are', async () => {
    await minuteWithPing();
    isJudging = false;
    await clock.advance(5 * PING_EVERY_MS);
    isJudging = true;
    await minuteWithPing();
    // They are sent one after the other, so one of the silent minutes would have come before this.
    expect(receiver.posts).toHaveLength(2);
    expect(log).toEqual([
      'alerts are not judged on time: no ping is sent until they are {}',
      'alerts are judged on time again: pings go on {}',
    ]);
  });

  it('backs off while the receiver fails, counts as a channel does, and is well after one success', async () => {
    receiver.behave({ kind: 'answer', status: 500 });
    await minuteWithPing(1);
    await minuteWithPing(2);
    // Two minutes after the second failure, five after the third.
    await clock.advance(PING_EVERY_MS);
    await minuteWithPing(3);
    expect(ping.reading()).toMatchObject({
      metric: 'channel.failures',
      target: { kind: 'channel', id: 'ping' },
      value: 3,
      detail: expect.stringMatching(/^127\.0\.0\.1:\d+ answered with 500\.$/),
    });
    receiver.behave({ kind: 'answer', status: 200 });
    await clock.advance(4 * PING_EVERY_MS);
    await minuteWithPing();
    expect(receiver.posts).toHaveLength(4);
    expect(ping.reading().detail).toBeNull();
    await minuteWithPing();
  });

  it('gives up on a receiver that hangs, or that points elsewhere, and never writes the address down', async () => {
    receiver.behave({ kind: 'hang' });
    await minuteWithPing(1);
    receiver.behave({ kind: 'answer', status: 302, headers: { location: `${receiver.url}/elsewhere` } });
    await minuteWithPing(2);
    expect(receiver.posts).toHaveLength(2);
    await receiver.stop();
    await clock.advance(2 * PING_EVERY_MS);
    await vi.waitFor(() => expect(ping.reading().value).toBe(3));
    expect(log).toHaveLength(3);
    expect(log[0]).toContain('did not answer within 0.3 s');
    expect(log[1]).toContain('answered with 302');
    expect(log.join()).not.toContain(SECRET);
    receiver = await startReceiver();
  });

  it('breaks off what is under way when it is stopped, and leaves no timer behind', async () => {
    receiver.behave({ kind: 'hang' });
    await clock.advance(PING_EVERY_MS);
    await vi.waitFor(() => expect(receiver.posts).toHaveLength(1));
    const before = clock.pendingTimers;
    await ping.stop();
    expect(clock.pendingTimers).toBe(before - 1);
    expect(log).toEqual([]);
  });
});
