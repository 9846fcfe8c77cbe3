// What an incident that is still open says when its evidence changes: the cause that is present, since when, and no more often than
// it truly changes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../src/shared/domain/metrics';
import { AlertBench, collector, HOST, host, market } from './support/alertBench';

const FAULTY = `${HOST} answered with a fault of its own (HTTP 500).`;
const SILENT = `${HOST} did not answer completely within 20 s.`;
const MINUTE_MS = 60_000;

function settled(): AlertBench {
  const bench = new AlertBench();
  bench.settle();
  return bench;
}

const reach = (bench: AlertBench, value: number, detail: string | null = null): readonly Reading[] => [
  bench.reading('host.breakerOpen', host, value, detail),
];

/** Lines of the timeline that say that the cause is another one. */
const changes = (bench: AlertBench): readonly string[] =>
  bench.record.events.filter(({ kind }) => kind === 'rooted').map(({ text }) => text);
const again = (bench: AlertBench): readonly string[] =>
  bench.record.events.map(({ text }) => text).filter((text) => text.includes(', again'));

describe('an outage that is not over and comes back for another reason', () => {
  it('says so at once, in its title and with a line of its timeline, and is told once', () => {
    const bench = settled();
    bench.pass(MINUTE_MS, () => reach(bench, 1, FAULTY));
    bench.pass(3_000, () => reach(bench, 0));
    const atMs = bench.clock.wallMs() + 1_000;
    bench.pass(1_000, () => reach(bench, 1, SILENT));
    expect(bench.open).toMatchObject([{ title: `${HOST} did not answer completely within 20 s` }]);
    expect(changes(bench)).toEqual([`The cause is another one: ${HOST} did not answer completely within 20 s.`]);
    expect(bench.record.events.find(({ kind }) => kind === 'rooted')?.atMs).toBe(atMs);
    bench.pass(MINUTE_MS, () => reach(bench, 1, SILENT));
    expect(changes(bench)).toHaveLength(1);
    expect(bench.said).toEqual([`fired ${HOST} answered with a fault of its own (HTTP 500)`]);
  });

  it('says what it is each time, also when it is the same', () => {
    const bench = settled();
    for (let round = 0; round < 3; round += 1) {
      bench.pass(20_000, () => reach(bench, 1, FAULTY));
      bench.pass(3_000, () => reach(bench, 0));
    }
    expect(again(bench)).toEqual([
      `${HOST} is out of reach, again: ${FAULTY}`,
      `${HOST} is out of reach, again: ${FAULTY}`,
    ]);
    expect(changes(bench)).toEqual([]);
  });

  it('does not call the new cause the old one when the incident is opened again', () => {
    const bench = settled();
    bench.pass(20_000, () => reach(bench, 1, FAULTY));
    bench.pass(MINUTE_MS, () => reach(bench, 0));
    expect(bench.open).toEqual([]);
    bench.pass(20_000, () => reach(bench, 1, SILENT));
    expect(bench.record.opened).toHaveLength(1);
    expect(again(bench)).toEqual([`${HOST} is out of reach, again: ${SILENT}`]);
    expect(changes(bench)).toEqual([`The cause is another one: ${HOST} did not answer completely within 20 s.`]);
    expect(bench.said.at(-1)).toBe(`fired ${HOST} did not answer completely within 20 s`);
  });
});

it('a timeline begins with what is wrong and why', () => {
  const bench = settled();
  bench.faults.set('c1', 'malformed');
  bench.observe(bench.reading('collector.lastRunFault', collector('c1'), 1, 'The answer is no JSON.'));
  bench.observe(bench.reading('database.lockedFor', market, 900, 'market.db is locked by node (process 7).'));
  expect(bench.record.events.filter(({ kind }) => kind === 'opened').map(({ text }) => text)).toEqual([
    'c1 cannot collect. The answer is no JSON.',
    'market.db is locked by node (process 7).',
  ]);
});

describe('an outage whose evidence changes while it lasts', () => {
  it('says the other cause once that has stood for a while', () => {
    const bench = settled();
    bench.pass(MINUTE_MS, () => reach(bench, 1, FAULTY));
    bench.pass(9_000, () => reach(bench, 1, SILENT));
    expect(bench.open).toMatchObject([{ title: `${HOST} answered with a fault of its own (HTTP 500)` }]);
    bench.pass(3_000, () => reach(bench, 1, SILENT));
    expect(bench.open).toMatchObject([{ title: `${HOST} did not answer completely within 20 s` }]);
    expect(changes(bench)).toHaveLength(1);
  });

  it('keeps its words while the evidence goes back and forth', () => {
    const bench = settled();
    bench.pass(MINUTE_MS, () => reach(bench, 1, FAULTY));
    for (let round = 0; round < 40; round += 1) {
      bench.pass(5_000, () => reach(bench, 1, SILENT));
      expect(bench.open).toMatchObject([{ title: `${HOST} answered with a fault of its own (HTTP 500)` }]);
      bench.pass(5_000, () => reach(bench, 1, FAULTY));
    }
    expect(changes(bench)).toEqual([]);
  });

  it('has another number and the name of who is to blame at once, without a word', () => {
    const bench = settled();
    const down = (detail: string | null): readonly Reading[] => reach(bench, 1, detail);
    bench.pass(5_000, () => down(`${HOST} did not answer completely within 20 s.`));
    bench.pass(1_000, () => down(`${HOST} did not answer completely within 5 s.`));
    expect(bench.open).toMatchObject([{ title: `${HOST} did not answer completely within 5 s` }]);
    bench.pass(5_000, () => [
      bench.reading('database.lockedFor', market, 900, 'market.db is locked by another program.'),
    ]);
    bench.pass(1_000, () => [
      bench.reading('database.lockedFor', market, 900, 'market.db is locked by node (process 7).'),
    ]);
    expect(bench.open.map(({ title }) => title)).toContain('market.db is locked by node (process 7)');
    expect(changes(bench)).toEqual([]);
  });

  it('is about what is wrong now at its place, when what was wrong there first is good again', () => {
    const bench = settled();
    const DIED = 'The storage thread of market.db has died.';
    bench.pass(20_000, () => [
      bench.reading('database.lockedFor', market, 900, 'market.db is locked by node (process 7).'),
      bench.reading('database.unavailableFor', market, 9_000, 'market.db is locked by node (process 7).'),
    ]);
    bench.pass(30_000, () => [
      bench.reading('database.lockedFor', market, 0),
      bench.reading('database.unavailableFor', market, 9_000, DIED),
    ]);
    expect(bench.open).toMatchObject([
      { title: 'The storage thread of market.db has died', rootRuleId: 'database-unavailable' },
    ]);
    expect(changes(bench)).toEqual(['The cause is another one: The storage thread of market.db has died.']);
  });

  it('is said of a collector by the error of its run', () => {
    const bench = settled();
    bench.faults.set('c1', 'malformed');
    const failing = (detail: string): readonly Reading[] => [
      bench.reading('collector.failureStreak', collector('c1'), 4, detail),
    ];
    bench.pass(MINUTE_MS, () => failing('The answer is no JSON.'));
    bench.pass(MINUTE_MS, () => failing('Its address was not found (HTTP 404).'));
    expect(bench.open).toMatchObject([{ title: 'c1 keeps failing', cause: 'Its address was not found (HTTP 404).' }]);
    expect(changes(bench)).toEqual(['The cause is another one: Its address was not found (HTTP 404).']);
  });
});

describe('an incident whose cause has been good for minutes and is not called over yet', () => {
  it('leaves what goes on failing to an incident of its own, and takes it in again when it comes back', () => {
    const bench = settled();
    const failing = (): Reading => bench.reading('collector.failureStreak', collector('c1'), 5, 'HTTP 500.');
    bench.faults.set('c1', 'server');
    // So often that it counts as unstable, which keeps it open.
    for (let round = 0; round < 12; round += 1) {
      bench.pass(20_000, () => [...reach(bench, 1, FAULTY), failing()]);
      bench.pass(3_000, () => [...reach(bench, 0), failing()]);
    }
    expect(bench.open).toMatchObject([{ root: host, flapping: true }]);
    bench.pass(3 * MINUTE_MS, () => [...reach(bench, 0), failing()]);
    expect(bench.open).toMatchObject([
      { root: host, state: 'recovering' },
      { root: collector('c1'), state: 'open', cause: 'HTTP 500.' },
    ]);
    bench.pass(3_000, () => [...reach(bench, 1, SILENT), failing()]);
    expect(bench.open).toMatchObject([{ root: host, title: `${HOST} did not answer completely within 20 s` }]);
    expect(bench.record.opened).toHaveLength(1);
  });
});

describe('a cause that has been good for minutes and is not called over, because it goes back and forth', () => {
  const LOCKED = 'market.db is locked by node (process 7).';
  /** The lock comes and goes until that counts as unstable, and is good for three minutes then. */
  function unstable(also: (bench: AlertBench, isLocked: boolean) => readonly Reading[] = () => []): AlertBench {
    const bench = settled();
    const locked = (value: number): Reading => bench.reading('database.lockedFor', market, value, LOCKED);
    for (let round = 0; round < 4; round += 1) {
      bench.pass(30_000, () => [locked(900), ...also(bench, true)]);
      bench.pass(30_000, () => [locked(0), ...also(bench, false)]);
    }
    bench.pass(3 * MINUTE_MS, () => [locked(0)]);
    expect(bench.open).toMatchObject([{ root: market, state: 'recovering', flapping: true }]);
    return bench;
  }
  const hangs = (bench: AlertBench): readonly Reading[] =>
    ['c1', 'c2'].map((id) => bench.reading('collector.silentFor', collector(id), 16_000));
  const LOCK_AND_HOST = ['database-locked recovering', 'host-down open'];
  const shown = (bench: AlertBench) => bench.open.map(({ rootRuleId, state }) => `${rootRuleId} ${state}`).toSorted();

  it('explains nothing that begins now, and is no part of it either', () => {
    const bench = unstable();
    bench.pass(5_000, () => hangs(bench));
    bench.pass(10_000, () => [...hangs(bench), ...reach(bench, 1, SILENT)]);
    expect(shown(bench)).toEqual(LOCK_AND_HOST);
    expect(bench.said.filter((said) => said.startsWith('settled'))).toEqual([]);
  });

  it('keeps nothing that followed from it before and begins anew', () => {
    const old = (own: AlertBench, isOld: boolean): readonly Reading[] => [
      own.reading('collector.staleBy', collector('c1'), isOld ? 60_000 : -1),
    ];
    const bench = unstable(old);
    bench.pass(5_000, () => old(bench, true));
    bench.pass(10_000, () => [...old(bench, true), ...reach(bench, 1, SILENT)]);
    expect(shown(bench)).toEqual(LOCK_AND_HOST);
  });
});

it('a fault that its cause does not explain any more when it is back is an incident of its own', () => {
  const bench = settled();
  const failing = (streak: number, detail: string): readonly Reading[] => [
    ...reach(bench, 1, SILENT),
    bench.reading('collector.failureStreak', collector('c1'), streak, detail),
  ];
  bench.faults.set('c1', 'timeout');
  bench.pass(20_000, () => failing(4, SILENT));
  bench.pass(10_000, () => failing(0, ''));
  bench.faults.set('c1', 'internal');
  bench.pass(10_000, () => failing(4, 'The collector has a mistake.'));
  expect(bench.open.map(({ title, cause }) => [title, cause])).toEqual([
    [`${HOST} did not answer completely within 20 s`, `${HOST} is out of reach.`],
    ['c1 keeps failing', 'The collector has a mistake.'],
  ]);
});

describe('what follows from two causes', () => {
  it('goes over to the one that is left when the other is good again, which is over then', () => {
    const bench = settled();
    for (const id of ['c1', 'c2']) bench.faults.set(id, 'malformed');
    const garbled = (): readonly Reading[] =>
      ['c1', 'c2'].map((id) => bench.reading('collector.lastRunFault', collector(id), 1, 'It is no JSON.'));
    const old = (): Reading => bench.reading('collector.staleBy', collector('c3'), 60_000);
    const locked = (value: number): Reading =>
      bench.reading('database.lockedFor', market, value, 'market.db is locked by node (process 7).');
    bench.pass(20_000, () => [...garbled(), locked(900)]);
    bench.pass(20_000, () => [...garbled(), locked(900), old()]);
    expect(bench.open.map(({ members }) => members.length)).toEqual([2, 2]);
    bench.pass(10_000, () => [...garbled(), locked(0), old()]);
    expect(bench.open).toMatchObject([{ title: '2 collectors are sent what is no data', state: 'open' }]);
    expect(bench.open[0]?.members.map(({ target }) => target.id).toSorted()).toEqual(['c1', 'c2', 'c3']);
    expect(bench.said.at(-1)).toBe('resolved Over: market.db is locked by node (process 7)');
    expect(bench.record.opened).toHaveLength(2);
    // Both wait for what is left of the lock no more than they would without each other.
    bench.pass(20_000, () => [locked(900), old()]);
    expect(bench.record.opened).toHaveLength(2);
  });
});

describe('collectors that were sent what is no data', () => {
  it('and fail because of an outage now belong to the outage, and what was no data is over', () => {
    const bench = settled();
    const ids = ['c1', 'c2', 'c3'];
    const failing = (streak: number, isSpoilt: boolean): readonly Reading[] =>
      ids.flatMap((id) => [
        bench.reading('collector.lastRunFault', collector(id), Number(isSpoilt), 'It is no JSON.'),
        bench.reading('collector.failureStreak', collector(id), streak, isSpoilt ? 'It is no JSON.' : SILENT),
        bench.reading('collector.staleBy', collector(id), 60_000),
      ]);
    for (const id of ids) bench.faults.set(id, 'malformed');
    bench.pass(30_000, () => failing(4, true));
    expect(bench.open).toMatchObject([{ title: '3 collectors are sent what is no data' }]);
    bench.pass(5_000, () => [...failing(4, true), ...reach(bench, 1, SILENT)]);
    for (const id of ids) bench.faults.set(id, 'timeout');
    bench.pass(20_000, () => [...failing(4, false), ...reach(bench, 1, SILENT)]);
    expect(bench.open).toMatchObject([{ title: `${HOST} did not answer completely within 20 s` }]);
    expect(bench.open[0]?.members).toHaveLength(7);
    expect(bench.record.opened).toHaveLength(2);
  });

  it('and were well for minutes have nothing of it in common with an outage that begins then: it was told, and its end is', () => {
    const bench = settled();
    const ids = ['c1', 'c2', 'c3'];
    let isOver = false;
    const failing = (isFailing: boolean, detail: string): readonly Reading[] =>
      ids.flatMap((id) => [
        bench.reading('collector.lastRunFault', collector(id), Number(isFailing), detail),
        bench.reading('collector.failureStreak', collector(id), isFailing ? 4 : 0, detail),
        // Of the latest runs, long after.
        bench.reading('collector.errorRate', collector(id), isOver ? 0 : 0.4, detail),
      ]);
    // It wavers, so each end has to prove itself for longer.
    for (let spell = 0; spell < 6; spell += 1) {
      for (const id of ids) bench.faults.set(id, 'malformed');
      bench.pass(20_000, () => failing(true, 'It is no JSON.'));
      bench.faults.clear();
      bench.pass(20_000, () => failing(false, ''));
    }
    for (const id of ids) bench.faults.set(id, 'malformed');
    bench.pass(80_000, () => failing(true, 'It is no JSON.'));
    expect(bench.open).toMatchObject([{ title: '3 collectors are sent what is no data' }]);
    const [spoilt] = bench.open;
    bench.faults.clear();
    bench.pass(240_000, () => failing(false, ''));
    for (const id of ids) bench.faults.set(id, 'timeout');
    bench.pass(10_000, () => [...failing(true, SILENT), ...reach(bench, 1, SILENT)]);
    expect(bench.open.filter(({ state }) => state === 'open')).toMatchObject([
      { title: `${HOST} did not answer completely within 20 s` },
    ]);
    bench.faults.clear();
    isOver = true;
    bench.pass(900_000, () => [...failing(false, ''), ...reach(bench, 0, '')]);
    expect(bench.open).toEqual([]);
    const stored = bench.record.batches
      .flatMap(({ incidents }) => incidents)
      .findLast(({ incident }) => incident.id === spoilt?.id);
    expect(stored).toMatchObject({ foldedInto: null, incident: { title: '3 collectors are sent what is no data' } });
    expect(bench.said.slice(-3)).toEqual([
      `fired ${HOST} did not answer completely within 20 s`,
      'resolved Over: 3 collectors are sent what is no data',
      `resolved Over: ${HOST} did not answer completely within 20 s`,
    ]);
  });
});

it('whatever the evidence says while an outage lasts, the card is about one of the causes that stood, and changes ever less often', () => {
  const causes = [FAULTY, SILENT, `${HOST} refused the connection.`];
  const spell = fc.record({ cause: fc.constantFrom(...causes), seconds: fc.integer({ min: 1, max: 90 }) });
  fc.assert(
    fc.property(fc.array(spell, { minLength: 1, maxLength: 40 }), (spells) => {
      const bench = settled();
      let seconds = 0;
      for (const { cause, seconds: lasts } of spells) {
        bench.pass(lasts * 1_000, () => reach(bench, 1, cause));
        seconds += lasts;
        const [incident] = bench.open;
        expect(causes.map((each) => each.replace(/\.$/, ''))).toContain(incident?.title);
        expect(bench.record.opened).toHaveLength(1);
      }
      // Each change takes twice as long to be believed as the one before, from ten seconds on.
      expect(10 * (2 ** changes(bench).length - 1)).toBeLessThanOrEqual(seconds);
      expect(bench.said.filter((said) => said.startsWith('fired'))).toHaveLength(1);
    }),
    { numRuns: 60 },
  );
});
