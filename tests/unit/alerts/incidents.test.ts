// Which faults become one incident, what it is called, and what is said about it.
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../src/shared/domain/metrics';
import { AlertBench, collector, HOST, host, market, network } from './support/alertBench';

const LOCKED = 'python3 (process 4711) holds the write lock.';

function settled(options: ConstructorParameters<typeof AlertBench>[0] = {}): AlertBench {
  const bench = new AlertBench(options);
  bench.settle();
  return bench;
}

const streaks = (bench: AlertBench, value: number, detail: string | null = null): readonly Reading[] =>
  bench.collectors.map((id) => bench.reading('collector.failureStreak', collector(id), value, detail));

describe('the original incident', () => {
  it('is one card that names the holder within a second, not one for each of 22 failing collectors, and closes when rows go in', () => {
    const bench = settled({ collectors: 22 });
    let lockedMs = 0;
    const locked = (): readonly Reading[] => {
      lockedMs += 1_000;
      const readings = [bench.reading('database.lockedFor', market, lockedMs, LOCKED)];
      if (lockedMs > 5_000) readings.push(bench.reading('database.unavailableFor', market, lockedMs, LOCKED));
      if (lockedMs > 10_000) {
        for (const id of bench.collectors) bench.faults.set(id, 'storage');
        readings.push(...streaks(bench, 5, 'database is locked'));
        readings.push(...bench.collectors.map((id) => bench.reading('collector.staleBy', collector(id), 60_000)));
      }
      return readings;
    };
    bench.pass(1_000, locked);
    expect(bench.open.map(({ title }) => title)).toEqual(['python3 (process 4711) holds the write lock']);
    bench.pass(119_000, locked);
    expect(bench.record.opened).toHaveLength(1);
    const [incident] = bench.open;
    expect(incident).toMatchObject({
      severity: 'critical',
      root: market,
      rootRuleId: 'database-locked',
      cause: 'market.db is locked.',
    });
    expect(incident?.members.filter(({ explained }) => explained)).toHaveLength(3 * 22);
    expect(bench.said).toEqual(['fired python3 (process 4711) holds the write lock']);

    bench.faults.clear();
    bench.pass(30_000, () => [
      bench.reading('database.lockedFor', market, 0),
      bench.reading('database.unavailableFor', market, 0),
      ...streaks(bench, 0),
      ...bench.collectors.map((id) => bench.reading('collector.staleBy', collector(id), -1)),
    ]);
    expect(bench.open).toEqual([]);
    expect(bench.record.opened).toMatchObject([{ state: 'resolved' }]);
    expect(bench.said).toEqual([
      'fired python3 (process 4711) holds the write lock',
      'resolved Over: python3 (process 4711) holds the write lock',
    ]);
  });
});

describe('a cause and what follows from it', () => {
  it('are one incident when the cause is known first', () => {
    const bench = settled();
    bench.observe(bench.reading('host.breakerOpen', host, 1, 'The connection was refused.'));
    for (const id of bench.collectors) bench.faults.set(id, 'network');
    bench.pass(60_000, () => [
      bench.reading('host.breakerOpen', host, 1, 'The connection was refused.'),
      ...streaks(bench, 5),
    ]);
    expect(bench.record.opened).toMatchObject([
      { root: host, title: 'The connection was refused', cause: `${HOST} is out of reach.` },
    ]);
    expect(bench.said).toEqual(['fired The connection was refused']);
  });

  it('are one incident when the cause shows later, under the id of the first', () => {
    const bench = settled();
    for (const id of ['c1', 'c2']) bench.faults.set(id, 'network');
    bench.observe(...['c1', 'c2'].map((id) => bench.reading('collector.failureStreak', collector(id), 3, 'timed out')));
    const [first] = bench.open;
    expect(bench.open).toHaveLength(2);
    bench.pass(2_000);
    bench.observe(bench.reading('host.breakerOpen', host, 1));
    expect(bench.open).toMatchObject([{ id: first?.id, root: host, severity: 'critical' }]);
    expect(bench.record.opened).toHaveLength(1);
    expect(bench.said).toEqual([`fired ${HOST} is out of reach`]);
  });

  it('are one incident when hanging runs turn out to be calls that ran into their time limit', () => {
    const bench = settled();
    const silent = (ms: number): readonly Reading[] =>
      ['c1', 'c2'].map((id) => bench.reading('collector.silentFor', collector(id), ms));
    bench.observe(...silent(16_000));
    // The calls are given up and tried again, which is a sign of life; what that says of the host comes a moment later.
    bench.pass(2_000, () => silent(0));
    bench.observe(bench.reading('host.breakerOpen', host, 1, 'It did not answer within 20 s.'));
    expect(bench.open).toMatchObject([{ root: host, title: 'It did not answer within 20 s' }]);
    expect(bench.record.opened).toHaveLength(1);
  });

  it('stay under their cause when one of them begins to fail for a reason of its own, which is an incident of its own', () => {
    const bench = settled();
    const locked = (): Reading => bench.reading('database.lockedFor', market, 9_000, LOCKED);
    const old = (): Reading => bench.reading('collector.staleBy', collector('c1'), 60_000);
    bench.observe(locked(), old());
    bench.faults.set('c1', 'server');
    bench.pass(20_000, () => [
      locked(),
      old(),
      bench.reading('collector.failureStreak', collector('c1'), 3, 'It answers with an error.'),
    ]);
    expect(bench.open.map(({ rootRuleId, members }) => [rootRuleId, members.map(({ ruleId }) => ruleId)])).toEqual([
      ['database-locked', ['database-locked', 'collector-stale']],
      ['collector-failing', ['collector-failing']],
    ]);
    expect(bench.said).toEqual(['fired python3 (process 4711) holds the write lock', 'fired c1 keeps failing']);
  });

  it('have the network for their cause when that is what is missing', () => {
    const bench = settled();
    bench.observe(bench.reading('host.breakerOpen', host, 1));
    bench.observe(bench.reading('network.unreachable', network, 1, 'No cable.'));
    expect(bench.open).toMatchObject([{ root: network, title: 'No cable' }]);
    expect(bench.record.opened).toHaveLength(1);
  });

  it('stay apart when neither explains the other', () => {
    const bench = settled();
    bench.faults.set('c1', 'malformed');
    bench.observe(
      bench.reading('host.breakerOpen', host, 1),
      bench.reading('collector.failureStreak', collector('c1'), 3, 'not JSON'),
      bench.reading('database.backupAge', market, 10 ** 9),
    );
    expect(bench.open.map(({ rootRuleId }) => rootRuleId).toSorted()).toEqual([
      'collector-failing',
      'database-backup-old',
      'host-down',
    ]);
  });

  it('what goes on failing after its cause has gone becomes the cause, in the same incident', () => {
    const bench = settled();
    bench.faults.set('c1', 'network');
    const failing = (): Reading => bench.reading('collector.failureStreak', collector('c1'), 5, 'timed out');
    bench.observe(bench.reading('host.breakerOpen', host, 1), failing());
    const [incident] = bench.open;
    bench.pass(60_000, () => [bench.reading('host.breakerOpen', host, 0), failing()]);
    expect(bench.open).toMatchObject([{ id: incident?.id, root: host }]);
    bench.pass(120_000, () => [bench.reading('host.breakerOpen', host, 0), failing()]);
    expect(bench.open).toMatchObject([
      { id: incident?.id, root: collector('c1'), title: 'c1 has failed many times in a row' },
    ]);
  });

  it('a lock that another program holds does not come from a full disk', () => {
    const bench = settled();
    const full = (): Reading =>
      bench.reading('database.diskFree', market, 1_000, '1 kB are free on the disk of market.db.');
    bench.pass(10_000, () => [full()]);
    bench.pass(7_000, () => [full(), bench.reading('database.lockedFor', market, 9_000, LOCKED)]);
    expect(bench.open.map(({ rootRuleId }) => rootRuleId)).toEqual(['disk-full', 'database-locked']);
    bench.pass(60_000, () => [full(), bench.reading('database.lockedFor', market, 0)]);
    // Nor does one that comes again while the disk is still, or again, full.
    bench.observe(full(), bench.reading('database.lockedFor', market, 9_000, LOCKED));
    expect(bench.open.map(({ rootRuleId }) => rootRuleId)).toEqual(['disk-full', 'database-locked']);
  });

  it('the cause that comes back is the cause again, of what has stood for itself meanwhile, too', () => {
    const bench = settled();
    const down = (detail: string): Reading => bench.reading('host.breakerOpen', host, 1, detail);
    const old = (): Reading => bench.reading('collector.staleBy', collector('c1'), 60_000);
    bench.pass(10_000, () => [down('It answers with HTTP 500.'), old()]);
    bench.pass(200_000, () => [bench.reading('host.breakerOpen', host, 0), old()]);
    expect(bench.open).toMatchObject([{ root: collector('c1') }]);
    bench.pass(3_000, () => [down('It did not answer within 20 s.'), old()]);
    expect(bench.open).toMatchObject([{ root: host, title: 'It did not answer within 20 s' }]);
    bench.pass(3_000, () => [
      down('It did not answer within 20 s.'),
      old(),
      bench.reading('collector.silentFor', collector('c2'), 16_000),
    ]);
    expect(bench.open).toHaveLength(1);
    expect(bench.record.opened).toHaveLength(1);
  });

  it('a run that the database made fail belongs to its incident, and to no other once that is over', () => {
    const bench = settled();
    bench.faults.set('c1', 'storage');
    const failed = (): Reading =>
      bench.reading('collector.lastRunFault', collector('c1'), 1, 'The database is locked.');
    // Its next run is an hour away.
    bench.pass(20_000, () => [bench.reading('database.lockedFor', market, 900), failed()]);
    expect(bench.open).toMatchObject([{ root: market, members: [{ target: market }, { target: collector('c1') }] }]);
    bench.pass(10_000, () => [bench.reading('database.lockedFor', market, 0), failed()]);
    bench.pass(300_000, () => [bench.reading('database.lockedFor', market, 0), failed()]);
    expect(bench.open).toEqual([]);
    expect(bench.record.opened).toMatchObject([{ root: market, state: 'resolved' }]);
  });

  it('a database that a person takes out of service is no longer a fault, and the log says why', () => {
    const bench = settled();
    bench.pass(20_000, () => [bench.reading('database.unavailableFor', market, 9_000, 'market.db cannot be written.')]);
    expect(bench.open).toHaveLength(1);
    const isolated = 'It was taken out of service by hand.';
    bench.pass(20_000, () => [bench.reading('database.unavailableFor', market, 0, isolated)]);
    expect(bench.open).toEqual([]);
    expect(bench.record.transitions_.map(({ reason }) => reason)).toContain(`0 is good again: ${isolated}`);
  });

  it('a host that is down explains no run that was lost to the database', () => {
    const bench = settled();
    bench.faults.set('c1', 'storage');
    bench.observe(
      bench.reading('host.breakerOpen', host, 1),
      bench.reading('collector.lastRunFault', collector('c1'), 1, 'The database is locked.'),
    );
    expect(bench.open.map(({ root }) => root)).toEqual(expect.arrayContaining([host, collector('c1')]));
  });

  it('what only looks back keeps no incident open', () => {
    const bench = settled();
    bench.observe(
      bench.reading('collector.staleBy', collector('c1'), 60_000),
      bench.reading('collector.missedSlots', collector('c1'), 4),
    );
    bench.pass(10_000, () => [
      bench.reading('collector.staleBy', collector('c1'), -1),
      bench.reading('collector.missedSlots', collector('c1'), 4),
    ]);
    expect(bench.open).toEqual([]);
    bench.pass(600_000, () => [bench.reading('collector.missedSlots', collector('c1'), 4)]);
    expect(bench.record.opened).toHaveLength(1);
  });
});

describe('many collectors at once', () => {
  it('are one incident with the likeliest cause named, though none was found', () => {
    const bench = settled({ collectors: 22 });
    for (const [index, id] of bench.collectors.entries()) {
      bench.faults.set(id, 'timeout');
      bench.observe(bench.reading('collector.failureStreak', collector(id), 3, 'It timed out.'));
      if (index % 2 === 0) bench.pass(1_000);
    }
    bench.pass(25_000);
    expect(bench.record.opened).toHaveLength(1);
    expect(bench.open).toMatchObject([{ root: host, title: '6 collectors began to fail at once' }]);
    expect(bench.open[0]?.members).toHaveLength(22);
    expect(bench.said).toEqual(['fired 6 collectors began to fail at once']);
  });

  it('a few are incidents of their own', () => {
    const bench = settled({ collectors: 22 });
    for (const id of ['c1', 'c2', 'c3']) bench.observe(bench.reading('collector.failureStreak', collector(id), 3));
    bench.pass(31_000);
    expect(bench.record.opened).toHaveLength(3);
  });

  it('are one incident of the host that sends them something else than data, however few and far between', () => {
    const bench = settled({ collectors: 22 });
    const spoilt = (id: string): Reading => {
      bench.faults.set(id, 'malformed');
      return bench.reading('collector.lastRunFault', collector(id), 1, 'The answer is a web page.');
    };
    bench.observe(spoilt('c1'));
    bench.pass(300_000, () => [spoilt('c1')]);
    expect(bench.open).toMatchObject([{ root: collector('c1') }]);
    const [first] = bench.open;
    bench.pass(60_000, () => [spoilt('c1'), spoilt('c2')]);
    bench.pass(60_000, () => [spoilt('c1'), spoilt('c2'), spoilt('c3')]);
    expect(bench.open).toMatchObject([
      {
        id: first?.id,
        root: host,
        title: '2 collectors are sent what is no data',
        cause: expect.stringContaining('a web page'),
      },
    ]);
    expect(bench.open[0]?.members.map(({ target }) => target.id)).toEqual(['c1', 'c2', 'c3']);
    expect(bench.said).toHaveLength(1);
    bench.pass(30_000, () => ['c1', 'c2', 'c3'].map((id) => bench.reading('collector.lastRunFault', collector(id), 0)));
    expect(bench.open).toEqual([]);
    expect(bench.said).toHaveLength(2);
  });

  it('takes in what else follows from it: data that is old, and a rate of failures after the last one', () => {
    const bench = settled();
    const spoilt = (id: string): Reading => {
      bench.faults.set(id, 'malformed');
      return bench.reading('collector.lastRunFault', collector(id), 1, 'It is no JSON.');
    };
    const both = (): readonly Reading[] => [spoilt('c1'), spoilt('c2')];
    bench.pass(5_000, both);
    bench.pass(60_000, () => [...both(), bench.reading('collector.staleBy', collector('c3'), 60_000)]);
    bench.faults.delete('c1');
    bench.pass(60_000, () => [spoilt('c2'), bench.reading('collector.errorRate', collector('c1'), 0.4)]);
    expect(bench.open).toHaveLength(1);
  });

  it('that are a storm of it are joined by whoever gets it later', () => {
    const bench = settled({ collectors: 22 });
    const spoilt = (ids: readonly string[]): readonly Reading[] =>
      ids.map((id) => bench.reading('collector.lastRunFault', collector(id), 1, 'The answer is a web page.'));
    for (const id of bench.collectors) bench.faults.set(id, 'malformed');
    const first = bench.collectors.slice(0, 8);
    bench.observe(...spoilt(first));
    bench.pass(300_000, () => spoilt(first));
    bench.pass(60_000, () => spoilt(bench.collectors.slice(0, 9)));
    expect(bench.open).toHaveLength(1);
    expect(bench.open[0]?.members).toHaveLength(9);
  });

  it('that have failed too often lately do not begin to fail, and say nothing of the host', () => {
    const bench = settled({ collectors: 22 });
    bench.pass(330_000, () =>
      bench.collectors.map((id) => bench.reading('collector.availability', collector(id), 0.9)),
    );
    expect(bench.open.filter(({ root }) => root.kind === 'host')).toEqual([]);
    expect(bench.said.filter((said) => said.includes('at once'))).toEqual([]);
    bench.pass(10_000, () => [bench.reading('host.breakerOpen', host, 1, 'The connection was refused.')]);
    expect(bench.open.find(({ root }) => root.kind === 'host')).toMatchObject({ title: 'The connection was refused' });
  });

  it('what one of them fails for by itself is no fault of the host', () => {
    const bench = settled({ collectors: 22 });
    bench.faults.set('c1', 'malformed');
    bench.faults.set('c2', 'internal');
    bench.pass(10_000, () => ['c1', 'c2'].map((id) => bench.reading('collector.lastRunFault', collector(id), 1)));
    expect(bench.open).toHaveLength(2);
  });

  it('may fail one after the other over an hour without being a storm', () => {
    const bench = settled({ collectors: 22 });
    for (const id of bench.collectors.slice(0, 8)) {
      bench.observe(bench.reading('collector.failureStreak', collector(id), 3));
      bench.pass(60_000);
    }
    expect(bench.record.opened).toHaveLength(8);
  });
});

describe('an incident that goes back and forth', () => {
  it('stays one open incident, says once that it is unstable and once that it is over', () => {
    const bench = settled();
    const look = (value: number): Reading => bench.reading('database.lockedFor', market, value, LOCKED);
    for (let round = 0; round < 12; round += 1) {
      bench.pass(40_000, () => [look(1_000)]);
      bench.pass(40_000, () => [look(0)]);
    }
    expect(bench.record.opened).toHaveLength(1);
    expect(bench.open).toMatchObject([{ flapping: true, state: 'recovering' }]);
    bench.pass(40 * 60_000, () => [look(0)]);
    expect(bench.open).toEqual([]);
    expect(bench.said.filter((said) => said.startsWith('unstable'))).toHaveLength(1);
    expect(bench.said.length).toBeLessThanOrEqual(10);
  });

  it('is the same incident when it comes back soon, and another one later', () => {
    const bench = settled();
    const failed = (value: number): Reading => bench.reading('database.failed', market, value);
    bench.pass(20_000, () => [failed(1)]);
    bench.pass(60_000, () => [failed(0)]);
    bench.pass(20_000, () => [failed(1)]);
    expect(bench.record.opened).toHaveLength(1);
    bench.pass(60_000, () => [failed(0)]);
    bench.pass(20 * 60_000, () => [failed(0)]);
    bench.pass(20_000, () => [failed(1)]);
    expect(bench.record.opened).toHaveLength(2);
    expect(bench.said.map((said) => said.split(' ')[0])).toEqual(['fired', 'resolved', 'fired', 'resolved', 'fired']);
  });
});
