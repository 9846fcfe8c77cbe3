import { describe, expect, it } from 'vitest';
import { DeliveryError } from '../../../src/main/delivery/channel';
import { LIFETIME_MS } from '../../../src/main/delivery/lane';
import { RESTORED_WAIT_MS } from '../../../src/main/delivery/outbox';
import { redact } from '../../../src/main/delivery/redact';
import { FakeClock, settle } from '../../support/fakeClock';
import { asChannel, benchOf, notice, Receiver } from './support';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const refused = (retryAfterMs = 0): DeliveryError => new DeliveryError('host answered with 500.', { retryAfterMs });

describe('what was said in the moment in which the program ended', () => {
  it('is told after the start, unless it is old, was told, or its incident is over', async () => {
    const desk = new Receiver();
    const { outbox, clock } = benchOf([asChannel('desktop', desk)]);
    outbox.offer(notice('known', 'fired', clock.wallMs()));
    await settle();
    const said = [
      notice('old', 'fired', clock.wallMs() - LIFETIME_MS),
      notice('known', 'fired', clock.wallMs()),
      notice('over', 'fired', clock.wallMs()),
      notice('missed', 'fired', clock.wallMs()),
      notice('over', 'resolved', clock.wallMs()),
      notice('silenced', 'fired', clock.wallMs(), { suppressed: 'Silenced: maintenance.' }),
    ];
    outbox.restoreNotices(said);
    await clock.advance(RESTORED_WAIT_MS);
    await settle();
    expect(desk.titles()).toEqual(['Warning: known is down', 'Warning: missed is down']);
  });

  it('is no news for a channel that was added since', async () => {
    const [desk, hook] = [new Receiver(), new Receiver()];
    const { outbox, clock } = benchOf([asChannel('desktop', desk)]);
    const fired = notice('A', 'fired', clock.wallMs());
    outbox.offer(fired);
    await settle();
    outbox.use([asChannel('desktop', desk), asChannel('hook', hook)]);
    outbox.restoreNotices([fired]);
    await clock.advance(RESTORED_WAIT_MS);
    await settle();
    expect(hook.tried).toEqual([]);
  });
});

describe('telling', () => {
  it('sends a notice once to each channel, however often it is offered', async () => {
    const [desk, hook] = [new Receiver(), new Receiver()];
    const { outbox, clock, states } = benchOf([asChannel('desktop', desk), asChannel('hook', hook)]);
    const fired = notice('A', 'fired', clock.wallMs());
    outbox.offer(fired);
    outbox.offer(fired);
    await settle();
    outbox.offer(fired);
    await settle();
    expect(desk.titles()).toEqual(['Warning: A is down']);
    expect(hook.titles()).toEqual(['Warning: A is down']);
    expect(states()).toEqual({ 'A|fired|1|desktop': 'sent', 'A|fired|1|hook': 'sent' });
  });

  it('keeps why nobody was told: the rule, the switch, the severity, the desktop', async () => {
    const [desk, hook] = [new Receiver(), new Receiver()];
    desk.answer = 'suppress';
    const { outbox, clock, saved } = benchOf([
      asChannel('desktop', desk),
      { ...asChannel('hook', hook), minSeverity: 'critical' },
      { ...asChannel('off', hook), enabled: false },
    ]);
    outbox.offer(notice('A', 'fired', clock.wallMs()));
    outbox.offer(notice('B', 'fired', clock.wallMs(), { severity: 'critical', suppressed: 'Silenced: maintenance.' }));
    await settle();
    expect(hook.tried).toEqual([]);
    expect(saved().map(({ key, state, reason }) => [key, state, reason])).toEqual([
      ['A|fired|1|desktop', 'suppressed', 'The desktop is quiet.'],
      ['A|fired|1|hook', 'suppressed', 'This channel is for what is critical.'],
      ['A|fired|1|off', 'suppressed', 'The channel is switched off.'],
      ['B|fired|1|desktop', 'suppressed', 'Silenced: maintenance.'],
      ['B|fired|1|hook', 'suppressed', 'Silenced: maintenance.'],
      ['B|fired|1|off', 'suppressed', 'Silenced: maintenance.'],
    ]);
  });

  it('tells the end where the start was told, and only there', async () => {
    const [desk, hook] = [new Receiver(), new Receiver()];
    const { outbox, clock, states } = benchOf([
      asChannel('desktop', desk),
      { ...asChannel('hook', hook), minSeverity: 'critical' },
    ]);
    outbox.offer(notice('A', 'fired', clock.wallMs()));
    await clock.advance(MINUTE);
    outbox.offer(notice('A', 'resolved', clock.wallMs()));
    await settle();
    expect(desk.titles()).toEqual(['Warning: A is down', 'Over: A is down']);
    expect(hook.tried).toEqual([]);
    expect(states()['A|resolved|1|hook']).toBe('suppressed');
  });

  it('tells the end of what was critical where only that is told, though it was milder last', async () => {
    const hook = new Receiver();
    const { outbox, clock } = benchOf([{ ...asChannel('hook', hook), minSeverity: 'critical' }]);
    outbox.offer(notice('A', 'fired', clock.wallMs()));
    outbox.offer(notice('A', 'raised', clock.wallMs(), { severity: 'critical' }));
    await settle();
    outbox.offer(notice('A', 'resolved', clock.wallMs()));
    await settle();
    expect(hook.titles()).toEqual(['Worse: A is down', 'Over: A is down']);
  });

  it('lets no secret out, neither in a message nor in a reason', async () => {
    const hook = new Receiver();
    const { outbox, clock, saved } = benchOf([asChannel('hook', hook)]);
    hook.answer = new DeliveryError('asked https://hook.example/s3cret-token', { final: true });
    outbox.offer(
      notice('A', 'fired', clock.wallMs(), {
        body: 'GET https://user:pw12345@api.example/x?api_key=CG-123456 failed, token s3cret-token.',
      }),
    );
    await settle();
    expect(hook.tried[0]?.body).toBe('GET https://***@api.example/x?api_key=*** failed, token ***.');
    expect(saved()[0]?.reason).toBe('asked https://hook.example/***');
  });
});

describe('what looks like a secret', () => {
  it.each([
    ['{"token":"abc 123","symbol":"WETH"}', '{"token":"***","symbol":"WETH"}'],
    ['{"api_key" : "a\\"b","n":1}', '{"api_key" : "***","n":1}'],
    [
      String.raw`{"message":"{\"api_key\":\"CG-12 3\",\"n\":1}"}`,
      String.raw`{"message":"{\"api_key\":\"***\",\"n\":1}"}`,
    ],
    [String.raw`{"m":"{\"password\":\"a\\\"b\\n\",\"n\":1}"}`, String.raw`{"m":"{\"password\":\"***\",\"n\":1}"}`],
    ["the token: 'abc123' was refused", "the token: ***' was refused"],
    ['{"key":"A|fired|1","token_price_usd":"0.25"}', '{"key":"A|fired|1","token_price_usd":"0.25"}'],
  ])('is hidden, in a text as in JSON: %s', (text, clean) => {
    expect(redact(text, [])).toBe(clean);
  });
});

describe('failing', () => {
  it('tries again after 1, 2, 5, 15 and 60 s, then 2 and 5 min, under one key, and gives up after an hour', async () => {
    const hook = new Receiver();
    hook.answer = refused();
    const { outbox, clock, saved } = benchOf([asChannel('hook', hook)]);
    const startMs = clock.monotonicMs();
    const times: number[] = [];
    const seen = (): void => {
      while (times.length < hook.tried.length) times.push((clock.monotonicMs() - startMs) / SECOND);
    };
    outbox.offer(notice('A', 'fired', clock.wallMs()));
    for (let at = 0; at <= LIFETIME_MS; at += SECOND) {
      await settle();
      seen();
      await clock.advance(SECOND);
    }
    expect(times.slice(0, 9)).toEqual([0, 1, 3, 8, 23, 83, 203, 503, 803]);
    expect(new Set(hook.tried.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    expect(saved()[0]).toMatchObject({
      state: 'dead',
      reason: 'Not delivered within an hour. host answered with 500.',
      nextAtMs: null,
    });
    const attempts = hook.tried.length;
    await clock.advance(LIFETIME_MS);
    expect(hook.tried).toHaveLength(attempts);
  });

  it('waits as long as the receiver asks', async () => {
    const hook = new Receiver();
    hook.answer = refused(40 * SECOND);
    const { outbox, clock, saved } = benchOf([asChannel('hook', hook)]);
    outbox.offer(notice('A', 'fired', clock.wallMs()));
    await settle();
    expect(saved()[0]).toMatchObject({ state: 'retry', nextAtMs: clock.wallMs() + 40 * SECOND });
    hook.answer = 'accept';
    await clock.advance(39 * SECOND);
    expect(hook.got).toHaveLength(0);
    await clock.advance(SECOND);
    expect(hook.got).toHaveLength(1);
  });

  it('sends nothing else meanwhile, and counts that as one failure', async () => {
    const hook = new Receiver();
    const { outbox, clock } = benchOf([asChannel('hook', hook)]);
    hook.answer = refused(MINUTE);
    for (const incident of ['A', 'B', 'C']) outbox.offer(notice(incident, 'fired', clock.wallMs()));
    await clock.advance(MINUTE - SECOND);
    await settle();
    expect(hook.tried).toHaveLength(1);
    expect(outbox.figures('hook')?.failures).toBe(1);
    hook.answer = 'accept';
    await clock.advance(SECOND);
    await settle();
    expect(hook.titles().toSorted()).toEqual(['Warning: A is down', 'Warning: B is down', 'Warning: C is down']);
  });

  it('does not wait at a new address for what the old one asked', async () => {
    const [old, mended] = [new Receiver(), new Receiver()];
    const { outbox, clock } = benchOf([asChannel('hook', old)]);
    old.answer = refused(MINUTE);
    outbox.offer(notice('A', 'fired', clock.wallMs()));
    await settle();
    outbox.use([asChannel('hook', mended)]);
    await settle();
    expect(mended.titles()).toEqual(['Warning: A is down']);
  });

  it('gives up at once what would be refused again, and counts failures until one succeeds', async () => {
    const hook = new Receiver();
    hook.answer = new DeliveryError('host refused the message (404).', { final: true });
    const { outbox, clock, states } = benchOf([asChannel('hook', hook)]);
    for (const id of ['A', 'B', 'C']) outbox.offer(notice(id, 'fired', clock.wallMs()));
    await settle();
    await settle();
    expect(states()).toEqual({ 'A|fired|1|hook': 'dead', 'B|fired|1|hook': 'dead', 'C|fired|1|hook': 'dead' });
    expect(outbox.figures('hook')).toMatchObject({ failures: 3, lastError: 'host refused the message (404).' });
    hook.answer = 'accept';
    outbox.offer(notice('D', 'fired', clock.wallMs()));
    await settle();
    expect(outbox.figures('hook')).toMatchObject({ failures: 0, lastError: null, waiting: 0 });
  });

  it('a channel that hangs holds nobody else up', async () => {
    const [desk, hook] = [new Receiver(), new Receiver()];
    hook.answer = 'hang';
    const { outbox, clock } = benchOf([asChannel('hook', hook), asChannel('desktop', desk)]);
    for (const id of ['A', 'B']) outbox.offer(notice(id, 'fired', clock.wallMs()));
    await settle();
    expect(desk.got).toHaveLength(2);
    expect(hook.tried).toHaveLength(1);
  });

  it('keeps the order within an incident, while others pass', async () => {
    const hook = new Receiver();
    hook.answer = refused();
    const { outbox, clock } = benchOf([asChannel('hook', hook)]);
    outbox.offer(notice('A', 'fired', clock.wallMs()));
    await settle();
    hook.answer = 'accept';
    outbox.offer(notice('A', 'raised', clock.wallMs()));
    outbox.offer(notice('B', 'fired', clock.wallMs()));
    await settle();
    expect(hook.titles()).toEqual(['Warning: B is down']);
    await clock.advance(SECOND);
    expect(hook.titles()).toEqual(['Warning: B is down', 'Warning: A is down', 'Worse: A is down']);
  });
});

describe('what is over before it was told', () => {
  it('is told to nobody when it was short', async () => {
    const hook = new Receiver();
    hook.answer = refused();
    const { outbox, clock, saved } = benchOf([asChannel('hook', hook)]);
    outbox.offer(notice('A', 'fired', clock.wallMs()));
    await clock.advance(2 * MINUTE - SECOND);
    hook.answer = 'accept';
    outbox.offer(notice('A', 'resolved', clock.wallMs()));
    await clock.advance(LIFETIME_MS);
    expect(hook.got).toEqual([]);
    expect(saved().map(({ state, reason }) => [state, reason])).toEqual([
      ['superseded', 'It was over before its start could be sent.'],
      ['superseded', 'It was over before its start could be sent.'],
    ]);
  });

  it('is told once, with how long it lasted, when it was longer than two minutes', async () => {
    const hook = new Receiver();
    hook.answer = refused();
    const { outbox, clock, states } = benchOf([asChannel('hook', hook)]);
    outbox.offer(notice('A', 'fired', clock.wallMs()));
    await clock.advance(3 * MINUTE);
    outbox.offer(notice('A', 'resolved', clock.wallMs(), { body: '' }));
    await clock.advance(10 * SECOND);
    hook.answer = 'accept';
    await clock.advance(MINUTE);
    expect(states()).toEqual({ 'A|fired|1|hook': 'superseded', 'A|resolved|1|hook': 'sent' });
    expect(hook.got.map(({ title, body }) => [title, body])).toEqual([
      ['Over: A is down', 'It lasted 3 min; its start could not be sent in time.'],
    ]);
  });

  it('waits for an attempt that is under way: accepted after all, its end is told', async () => {
    const hook = new Receiver();
    hook.answer = 'hang';
    const { outbox, clock } = benchOf([asChannel('hook', hook)]);
    outbox.offer(notice('A', 'fired', clock.wallMs()));
    await clock.advance(SECOND);
    outbox.offer(notice('A', 'resolved', clock.wallMs()));
    await settle();
    hook.letGo('accept');
    await settle();
    expect(hook.titles()).toEqual(['Warning: A is down', 'Over: A is down']);
  });

  it('waits for an attempt that is under way: failed, nobody hears of either', async () => {
    const hook = new Receiver();
    hook.answer = 'hang';
    const { outbox, clock, states } = benchOf([asChannel('hook', hook)]);
    outbox.offer(notice('A', 'fired', clock.wallMs()));
    await clock.advance(SECOND);
    outbox.offer(notice('A', 'resolved', clock.wallMs()));
    hook.letGo(refused());
    await clock.advance(MINUTE);
    expect(states()).toEqual({ 'A|fired|1|hook': 'superseded', 'A|resolved|1|hook': 'superseded' });
  });

  it('is judged anew when the same incident fires again', async () => {
    const hook = new Receiver();
    const { outbox, clock } = benchOf([asChannel('hook', hook)]);
    outbox.offer(notice('A', 'fired', clock.wallMs()));
    outbox.offer(notice('A', 'resolved', clock.wallMs()));
    await settle();
    hook.answer = refused();
    outbox.offer(notice('A', 'fired', clock.wallMs(), { id: 'A|fired|2' }));
    await settle();
    hook.answer = 'accept';
    outbox.offer(notice('A', 'resolved', clock.wallMs(), { id: 'A|resolved|2' }));
    await clock.advance(MINUTE);
    expect(hook.titles()).toEqual(['Warning: A is down', 'Over: A is down']);
  });
});

describe('many at once', () => {
  const TOASTS = { burst: 3, everyMs: 30 * SECOND };

  it('shows three, then one summary of the others when there is room again', async () => {
    const desk = new Receiver();
    const { outbox, clock, saved } = benchOf([asChannel('desktop', desk, TOASTS)]);
    for (let number = 1; number <= 10; number += 1) outbox.offer(notice(`N${number}`, 'fired', clock.wallMs()));
    await clock.advance(29 * SECOND);
    expect(desk.titles()).toEqual(['Warning: N1 is down', 'Warning: N2 is down', 'Warning: N3 is down']);
    await clock.advance(SECOND);
    expect(desk.got[3]).toMatchObject({ kind: 'digest', title: '7 more notices' });
    expect(desk.got[3]?.body.split('\n')).toEqual([
      ...[4, 5, 6, 7, 8].map((number) => `Warning: N${number} is down`),
      'and 2 others',
    ]);
    expect(saved().filter(({ state }) => state === 'digested')).toHaveLength(7);
    await clock.advance(10 * MINUTE);
    expect(desk.got).toHaveLength(4);
  });

  it('one that had to wait alone is told as it is', async () => {
    const desk = new Receiver();
    const { outbox, clock } = benchOf([asChannel('desktop', desk, TOASTS)]);
    for (let number = 1; number <= 4; number += 1) outbox.offer(notice(`N${number}`, 'fired', clock.wallMs()));
    await clock.advance(MINUTE);
    expect(desk.titles().at(-1)).toBe('Warning: N4 is down');
  });

  it('what is critical does not wait behind what is not', async () => {
    const desk = new Receiver();
    const { outbox, clock } = benchOf([asChannel('desktop', desk, TOASTS)]);
    for (let number = 1; number <= 10; number += 1) outbox.offer(notice(`N${number}`, 'fired', clock.wallMs()));
    outbox.offer(notice('X', 'fired', clock.wallMs(), { severity: 'critical' }));
    await settle();
    expect(desk.titles()).toContain('Critical: X is down');
  });

  it('tells the end of what a summary told', async () => {
    const desk = new Receiver();
    const { outbox, clock } = benchOf([asChannel('desktop', desk, TOASTS)]);
    for (let number = 1; number <= 5; number += 1) outbox.offer(notice(`N${number}`, 'fired', clock.wallMs()));
    await clock.advance(30 * SECOND);
    expect(desk.got.at(-1)?.kind).toBe('digest');
    outbox.offer(notice('N5', 'resolved', clock.wallMs()));
    await clock.advance(30 * SECOND);
    expect(desk.titles().at(-1)).toBe('Over: N5 is down');
  });

  it('tries a summary again that failed, as one', async () => {
    const desk = new Receiver();
    const { outbox, clock } = benchOf([asChannel('desktop', desk, { burst: 1, everyMs: 10 * SECOND })]);
    for (let number = 1; number <= 3; number += 1) outbox.offer(notice(`N${number}`, 'fired', clock.wallMs()));
    await settle();
    desk.answer = refused();
    await clock.advance(10 * SECOND);
    desk.answer = 'accept';
    await clock.advance(MINUTE);
    expect(desk.titles()).toEqual(['Warning: N1 is down', '2 more notices']);
  });
});

describe('a restart', () => {
  it('sends what waited and what was under way, under the same key, after a moment', async () => {
    const hook = new Receiver();
    hook.answer = 'hang';
    const before = benchOf([asChannel('hook', hook)]);
    before.outbox.offer(notice('A', 'fired', before.clock.wallMs()));
    before.outbox.offer(notice('B', 'fired', before.clock.wallMs()));
    await settle();
    const key = hook.tried[0]?.idempotencyKey;
    const kept = before.saved();
    expect(kept.map(({ state }) => state)).toEqual(['sending', 'queued']);

    const again = new Receiver();
    const after = benchOf([asChannel('hook', again)], new FakeClock(before.clock.wallMs() + MINUTE), kept);
    await after.clock.advance(RESTORED_WAIT_MS - 1);
    expect(again.tried).toEqual([]);
    await after.clock.advance(1);
    expect(again.titles()).toEqual(['Warning: A is down', 'Warning: B is down']);
    expect(again.got[0]?.idempotencyKey).toBe(key);
  });

  it('says nothing of what the first judgement finds over, and knows what was told before', async () => {
    const hook = new Receiver();
    const before = benchOf([asChannel('hook', hook)]);
    before.outbox.offer(notice('told', 'fired', before.clock.wallMs()));
    await settle();
    hook.answer = refused();
    before.outbox.offer(notice('untold', 'fired', before.clock.wallMs()));
    await settle();
    await before.outbox.stop();

    const again = new Receiver();
    const after = benchOf([asChannel('hook', again)], new FakeClock(before.clock.wallMs() + MINUTE), before.saved());
    after.outbox.offer(notice('told', 'fired', before.clock.wallMs()));
    after.outbox.offer(notice('told', 'resolved', after.clock.wallMs()));
    after.outbox.offer(notice('untold', 'resolved', after.clock.wallMs()));
    await after.clock.advance(MINUTE);
    expect(again.titles()).toEqual(['Over: told is down']);
  });

  it('gives up what is older than an hour', async () => {
    const hook = new Receiver();
    hook.answer = refused();
    const before = benchOf([asChannel('hook', hook)]);
    before.outbox.offer(notice('A', 'fired', before.clock.wallMs()));
    await settle();
    const again = new Receiver();
    const after = benchOf(
      [asChannel('hook', again)],
      new FakeClock(before.clock.wallMs() + LIFETIME_MS),
      before.saved(),
    );
    await after.clock.advance(MINUTE);
    expect(again.tried).toEqual([]);
    expect(after.saved()[0]).toMatchObject({
      state: 'dead',
      reason: 'Poolwatch was not running in the hour in which it could be sent.',
    });
  });

  it('breaks off what is under way, and leaves it to the next start', async () => {
    const hook = new Receiver();
    hook.answer = 'hang';
    const { outbox, clock, saved } = benchOf([asChannel('hook', hook)]);
    outbox.offer(notice('A', 'fired', clock.wallMs()));
    await settle();
    await outbox.stop();
    expect(saved()[0]).toMatchObject({ state: 'retry', reason: 'Poolwatch was stopped while it was being sent.' });
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('changes of channels', () => {
  it('holds back what waits for a channel that is switched off or removed', async () => {
    const [one, two] = [new Receiver(), new Receiver()];
    one.answer = 'hang';
    two.answer = refused();
    const { outbox, clock, saved } = benchOf([asChannel('one', one), asChannel('two', two)]);
    outbox.offer(notice('A', 'fired', clock.wallMs()));
    await settle();
    outbox.use([{ ...asChannel('one', one), enabled: false }]);
    await clock.advance(LIFETIME_MS);
    expect(saved().map(({ state, reason }) => [state, reason])).toEqual([
      ['suppressed', 'The channel is switched off.'],
      ['suppressed', 'The channel was removed.'],
    ]);
  });

  it('tries at once what waits, when the address was mended', async () => {
    const [wrong, right] = [new Receiver(), new Receiver()];
    wrong.answer = refused(MINUTE);
    const { outbox, clock } = benchOf([asChannel('hook', wrong)]);
    outbox.offer(notice('A', 'fired', clock.wallMs()));
    await settle();
    outbox.use([asChannel('hook', right)]);
    await settle();
    expect(right.titles()).toEqual(['Warning: A is down']);
  });
});
