// Which fault of an endurance run was told by which incident, and which incident no fault explains.
import { describe, expect, it } from 'vitest';
import { type MadeFault, matchAlarms, type StoredIncident } from '../../../bench/soak/alarms';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOST = 'host/127.0.0.1:4711#access';

function fault(id: MadeFault['id'], fromMs: number, forMs = 30_000): MadeFault {
  return { id, fromMs, toMs: fromMs + forMs };
}

function incident(node: string, title: string, ...firedAtMs: readonly number[]): StoredIncident {
  const said = firedAtMs.map((atMs) => ({ atMs, text: `${title}.` }));
  return {
    id: `${node} ${firedAtMs[0]}`,
    node,
    rootRuleId: 'any',
    title,
    cause: null,
    alarmsAtMs: firedAtMs,
    firedAtMs,
    said,
  };
}

const LOCKED = 'market.db is locked by node (process 4711)';
const LOCK_NODE = 'database/market#access';

describe('what was told of a fault', () => {
  it('is the incident at its place that names it, and how long after its beginning', () => {
    const { tellings, groundless } = matchAlarms([fault('lock', MINUTE_MS)], [incident(LOCK_NODE, LOCKED, 62_000)]);
    expect(tellings).toMatchObject([{ incident: { title: LOCKED }, afterMs: 2_000, isMisnamed: false }]);
    expect(groundless).toEqual([]);
  });

  it('is not an incident at another place, however it is called, and that one is false', () => {
    const elsewhere = incident('database/monitor#access', LOCKED, 62_000);
    const { tellings, groundless } = matchAlarms([fault('lock', MINUTE_MS)], [elsewhere]);
    expect(tellings).toMatchObject([{ incident: null, isMisnamed: false }]);
    expect(groundless).toEqual([{ incident: elsewhere, atMs: 62_000 }]);
  });

  it('is not an incident that names another cause', () => {
    const hang = incident(HOST, '127.0.0.1:4711 did not answer within 10 s', 62_000);
    const { tellings, groundless } = matchAlarms([fault('api-500', MINUTE_MS)], [hang]);
    expect(tellings).toMatchObject([{ incident: null, isMisnamed: true }]);
    expect(groundless).toEqual([]);
  });

  it('is not what fired before it began, nor what fired long after it was over', () => {
    const made = fault('lock', MINUTE_MS);
    const early = incident(LOCK_NODE, LOCKED, 59_000);
    const late = incident(LOCK_NODE, LOCKED, made.toMs + 91 * SECOND_MS);
    const { tellings, groundless } = matchAlarms([made], [early, late]);
    expect(tellings).toMatchObject([{ incident: null }]);
    expect(groundless.map((alarm) => alarm.incident)).toEqual([early, late]);
  });

  it('tells one fault only: a second one needs a firing of its own, in the same incident or in another', () => {
    const faults = [fault('lock', MINUTE_MS), fault('lock', 2 * MINUTE_MS)];
    const once = incident(LOCK_NODE, LOCKED, 62_000, 67_000);
    expect(matchAlarms(faults, [once]).tellings.map(({ afterMs }) => afterMs)).toEqual([2_000, null]);
    const again = incident(LOCK_NODE, LOCKED, 62_000, 67_000, 123_000);
    expect(matchAlarms(faults, [again]).tellings.map(({ afterMs }) => afterMs)).toEqual([2_000, 3_000]);
  });

  it('names the cause of each fault that one incident was about, not that of the last one for all', () => {
    const faults = [fault('api-500', MINUTE_MS), fault('api-hang', 4 * MINUTE_MS)];
    const about: StoredIncident = {
      ...incident(HOST, '127.0.0.1:4711 did not answer within 10 s', 65_000, 250_000),
      said: [
        { atMs: 65_000, text: '127.0.0.1:4711 answered with a fault of its own (HTTP 500).' },
        { atMs: 250_000, text: '127.0.0.1:4711 is out of reach, again.' },
      ],
    };
    expect(matchAlarms(faults, [about]).tellings.map(({ isMisnamed, afterMs }) => [isMisnamed, afterMs])).toEqual([
      [false, 5_000],
      [false, 10_000],
    ]);
    const silent = { ...about, said: about.said.slice(1) };
    expect(matchAlarms(faults, [silent]).tellings.map(({ isMisnamed }) => isMisnamed)).toEqual([true, false]);
  });
});

describe('an alarm without a fault', () => {
  it('is false, also at the time of a fault that nobody has to be told of', () => {
    const wolf = incident('collector/trades', 'Trades keeps failing', 62_000);
    expect(matchAlarms([fault('kill', MINUTE_MS), fault('sleep', MINUTE_MS)], [wolf]).groundless).toHaveLength(1);
    expect(matchAlarms([], [wolf]).groundless).toHaveLength(1);
  });

  it('is false each time that it comes', () => {
    const wolf = incident('collector/trades', 'Trades keeps failing', MINUTE_MS, 20 * MINUTE_MS);
    expect(matchAlarms([], [wolf]).groundless.map(({ atMs }) => atMs)).toEqual([MINUTE_MS, 20 * MINUTE_MS]);
  });

  it('is told apart when it says that the program was held up, or looks back on all the faults', () => {
    const heldUp = incident('app/main', 'Poolwatch was held up', MINUTE_MS);
    const rate = {
      ...incident('collector/trades', 'Many runs of Trades fail', MINUTE_MS),
      rootRuleId: 'collector-errors',
    };
    const books = matchAlarms([], [heldUp, rate]);
    expect(books.groundless).toEqual([]);
    expect([books.heldUp, books.lookingBack].map((alarms) => alarms.map((alarm) => alarm.incident))).toEqual([
      [heldUp],
      [rate],
    ]);
  });

  it('has one when a fault truly spoils what is beside it', () => {
    const log = incident('database/monitor#log', 'The log cannot be moved into the database', 70_000);
    expect(matchAlarms([fault('disk-full', MINUTE_MS)], [log]).groundless).toEqual([]);
    expect(matchAlarms([fault('lock', MINUTE_MS)], [log]).groundless).toHaveLength(1);
  });
});
