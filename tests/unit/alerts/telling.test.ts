// Who is told what: acknowledgements, snoozes, silences and maintenance change what is said, never what is.
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../src/shared/domain/metrics';
import { AlertBench, collector, HOST, host, market } from './support/alertBench';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

function settled(): AlertBench {
  const bench = new AlertBench();
  bench.settle();
  return bench;
}

const failing = (bench: AlertBench, streak: number, id = 'c1'): Reading =>
  bench.reading('collector.failureStreak', collector(id), streak, 'The answer was not JSON.');
const damaged = (bench: AlertBench, value: number): Reading => bench.reading('database.failed', market, value);

/** A bench on which c1 has failed three times, and somebody was told. */
function warned(): { readonly bench: AlertBench; readonly id: string } {
  const bench = settled();
  bench.faults.set('c1', 'malformed');
  bench.pass(8_000, () => [failing(bench, 3)]);
  return { bench, id: bench.open[0]?.id ?? '' };
}

const silence = (bench: AlertBench, change: object = {}): string => {
  const args = {
    kind: 'silence',
    ruleId: null,
    targetKind: 'collector',
    targetId: 'c1',
    reason: 'moving house',
  } as const;
  const started = bench.engine.silence({ ...args, untilMs: bench.clock.wallMs() + HOUR_MS, ...change });
  return started.ok ? started.value.id : '';
};

describe('a notice', () => {
  it('waits a moment for the cause to show, unless it is critical', () => {
    const bench = settled();
    bench.faults.set('c1', 'malformed');
    bench.observe(failing(bench, 3));
    bench.pass(6_000);
    expect(bench.said).toEqual([]);
    bench.pass(2_000);
    expect(bench.said).toEqual(['fired c1 keeps failing']);
    bench.observe(damaged(bench, 1));
    expect(bench.said.at(-1)).toBe('fired market.db cannot be used');
  });

  it('says what happened, why, and what to do', () => {
    const { bench } = warned();
    expect(bench.told).toMatchObject([
      { body: 'The answer was not JSON.\nLook at the error of the last run. It is tried again by itself.' },
    ]);
  });

  it('is not made of what was over before anybody had to know', () => {
    const bench = settled();
    bench.pass(2_000, () => [failing(bench, 3)]);
    bench.pass(60_000, () => [failing(bench, 0)]);
    expect(bench.told).toEqual([]);
    expect(bench.record.events.map(({ kind }) => kind)).toContain('not_notified');
  });

  it('is not made of what lasted for a moment and has only to prove that it is over', () => {
    const bench = settled();
    const locked = (ms: number): readonly Reading[] => [bench.reading('database.lockedFor', market, ms)];
    bench.observe(...locked(300));
    bench.pass(20_000, () => locked(0));
    expect(bench.open).toEqual([]);
    expect(bench.told).toEqual([]);
  });

  it('is made of what came back before it had proved that', () => {
    const bench = settled();
    const locked = (ms: number): readonly Reading[] => [bench.reading('database.lockedFor', market, ms)];
    bench.observe(...locked(300));
    bench.pass(4_000, () => locked(0));
    bench.pass(8_000, () => locked(300));
    expect(bench.said).toEqual(['fired market.db is locked']);
  });

  it('is made of what happened once and shows no second time', () => {
    const bench = settled();
    const rejected = (rows: number): readonly Reading[] => [bench.reading('database.writesFailing', market, rows)];
    bench.observe(...rejected(3));
    bench.pass(20_000, () => rejected(0));
    expect(bench.said).toEqual(['fired market.db rejects rows']);
  });

  it('names the fault, not an amount that is another one a second later', () => {
    const bench = settled();
    const waiting = (count: number): Reading =>
      bench.reading('database.spoolAge', market, 60_000, `${count} batches for market.db wait in the spool.`);
    bench.pass(9_000, () => [waiting(bench.clock.wallMs() % 7)]);
    expect(bench.said).toEqual(['fired Rows for market.db wait in the spool']);
    expect(bench.open).toMatchObject([{ cause: expect.stringContaining('batches for market.db') }]);
  });

  it('says when it gets worse, and once when it is over', () => {
    const { bench } = warned();
    bench.pass(3_000, () => [failing(bench, 5)]);
    bench.pass(3_000, () => [failing(bench, 0)]);
    expect(bench.said).toEqual([
      'fired c1 keeps failing',
      'raised Worse: c1 keeps failing',
      'resolved Over: c1 keeps failing',
    ]);
  });

  it('is repeated of what is critical and lasts, ever less often', () => {
    const bench = settled();
    const failed = (): readonly Reading[] => [damaged(bench, 1)];
    bench.pass(29 * MINUTE_MS, failed);
    expect(bench.said).toHaveLength(1);
    bench.pass(2 * MINUTE_MS, failed);
    expect(bench.said.at(-1)).toBe('reminder Still: market.db cannot be used');
    bench.pass(3 * HOUR_MS, failed);
    expect(bench.said).toHaveLength(3);
  });
});

describe('an acknowledgement', () => {
  it('stops reminders, and its incident still says that it is over', () => {
    const bench = settled();
    bench.pass(5_000, () => [damaged(bench, 1)]);
    expect(bench.engine.ack(bench.open[0]?.id ?? '', 'restoring')).toMatchObject({ ok: true });
    bench.pass(40 * MINUTE_MS, () => [damaged(bench, 1)]);
    expect(bench.said).toHaveLength(1);
    bench.pass(10_000, () => [damaged(bench, 0)]);
    expect(bench.said.at(-1)).toBe('resolved Over: market.db cannot be used');
  });

  it('is broken by what is worse', () => {
    const { bench, id } = warned();
    bench.engine.ack(id, 'known');
    expect(bench.open).toMatchObject([{ ack: { note: 'known' } }]);
    bench.pass(2_000, () => [failing(bench, 5)]);
    expect(bench.open).toMatchObject([{ ack: null, severity: 'critical' }]);
    expect(bench.said.at(-1)).toBe('raised Worse: c1 keeps failing');
    expect(bench.record.events.map(({ kind }) => kind)).toContain('ack_ended');
  });

  it('is refused for what is over', () => {
    const { bench, id } = warned();
    bench.pass(5_000, () => [failing(bench, 0)]);
    expect(bench.engine.ack(id, 'late')).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });
});

describe('a snooze', () => {
  it('ends by itself, and says once that it still lasts', () => {
    const { bench, id } = warned();
    bench.engine.snooze(id, bench.clock.wallMs() + 15 * MINUTE_MS);
    bench.pass(14 * MINUTE_MS, () => [failing(bench, 3)]);
    expect(bench.said).toHaveLength(1);
    bench.pass(2 * MINUTE_MS, () => [failing(bench, 3)]);
    expect(bench.said).toEqual(['fired c1 keeps failing', 'still_firing Still: c1 keeps failing']);
    expect(bench.open).toMatchObject([{ snoozed: null }]);
  });

  it('until it changes lasts until somebody else is affected', () => {
    const bench = settled();
    bench.observe(bench.reading('host.breakerOpen', host, 1));
    const id = bench.open[0]?.id ?? '';
    bench.engine.snooze(id, 'until_change');
    bench.pass(5_000);
    expect(bench.open).toMatchObject([{ snoozed: 'until_change' }]);
    bench.faults.set('c1', 'network');
    bench.pass(1_000, () => [failing(bench, 3)]);
    expect(bench.open).toMatchObject([{ snoozed: null }]);
  });

  it('that a person ends says nothing', () => {
    const { bench, id } = warned();
    bench.engine.snooze(id, 'until_change');
    bench.pass(5_000);
    bench.engine.snooze(id, null);
    bench.pass(5_000, () => [failing(bench, 3)]);
    expect(bench.said).toHaveLength(1);
  });
});

describe('a silence', () => {
  it('keeps what it holds back with its reason, and says once that it still lasts when it ends', () => {
    const bench = settled();
    silence(bench);
    bench.faults.set('c1', 'malformed');
    bench.pass(8_000, () => [failing(bench, 3)]);
    expect(bench.told).toMatchObject([{ kind: 'fired', suppressed: 'silenced: moving house' }]);
    expect(bench.open).toMatchObject([{ state: 'open', silencedBy: expect.any(String) as string }]);
    bench.pass(HOUR_MS, () => [failing(bench, 3)]);
    expect(bench.said).toEqual(['still_firing Still: c1 keeps failing']);
    bench.pass(3_000, () => [failing(bench, 0)]);
    expect(bench.said.at(-1)).toBe('resolved Over: c1 keeps failing');
  });

  it('holds the end back, too, where the beginning was held back, and not where it was told', () => {
    const bench = settled();
    silence(bench);
    bench.faults.set('c1', 'malformed');
    bench.pass(8_000, () => [failing(bench, 3)]);
    bench.pass(3_000, () => [failing(bench, 0)]);
    expect(bench.told.at(-1)).toMatchObject({ kind: 'resolved', suppressed: 'silenced: moving house' });
    const other = warned();
    silence(other.bench);
    other.bench.pass(3_000, () => [failing(other.bench, 0)]);
    expect(other.bench.said.at(-1)).toBe('resolved Over: c1 keeps failing');
  });

  it('that a person ends says that it still lasts', () => {
    const bench = settled();
    const id = silence(bench, { kind: 'maintenance' });
    bench.faults.set('c1', 'malformed');
    bench.pass(8_000, () => [failing(bench, 3)]);
    expect(bench.told).toMatchObject([{ suppressed: 'maintenance: moving house' }]);
    bench.engine.endSilence(id);
    expect(bench.said).toEqual(['still_firing Still: c1 keeps failing']);
    expect(bench.engine.endSilence(id)).toMatchObject({ ok: false });
  });

  it('covers only what it names', () => {
    const bench = settled();
    silence(bench, { targetId: 'c2' });
    bench.faults.set('c1', 'malformed');
    bench.pass(8_000, () => [failing(bench, 3)]);
    expect(bench.said).toEqual(['fired c1 keeps failing']);
  });

  it('needs a reason and an end to come', () => {
    const bench = settled();
    const args = { kind: 'silence', ruleId: null, targetKind: null, targetId: null } as const;
    expect(bench.engine.silence({ ...args, untilMs: bench.clock.wallMs(), reason: 'x' }).ok).toBe(false);
    expect(bench.engine.silence({ ...args, untilMs: bench.clock.wallMs() + 1, reason: ' ' }).ok).toBe(false);
  });
});

describe('the view', () => {
  it('shows the worst first, counts them, and what nobody has looked at', () => {
    const { bench } = warned();
    bench.observe(bench.reading('host.breakerOpen', host, 1), damaged(bench, 1));
    const view = bench.engine.view();
    expect(view.incidents.map(({ severity }) => severity)).toEqual(['critical', 'critical', 'warning']);
    expect(view).toMatchObject({ open: { info: 0, warning: 1, critical: 2 }, unseen: 3, settlingUntilMs: null });
    bench.engine.seen(bench.clock.wallMs());
    expect(bench.engine.view().unseen).toBe(0);
  });

  it('keeps what was over lately', () => {
    const bench = settled();
    bench.observe(bench.reading('host.breakerOpen', host, 1));
    bench.pass(10_000, () => [bench.reading('host.breakerOpen', host, 0)]);
    expect(bench.engine.view().lately).toMatchObject([{ title: `${HOST} is out of reach`, state: 'resolved' }]);
  });
});
