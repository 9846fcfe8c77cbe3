// Which fault of an endurance run was told by which words, and what was said though no fault explains it.
import { describe, expect, it } from 'vitest';
import { type MadeFault, matchAlarms, type StoredIncident } from '../../../bench/soak/alarms';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOST = 'host/127.0.0.1:4711#access';

function fault(id: MadeFault['id'], fromMs: number, forMs = 30_000): MadeFault {
  return { id, fromMs, toMs: fromMs + forMs };
}

function incident(node: string, title: string, ...atMs: readonly number[]): StoredIncident {
  return {
    id: `${node} ${atMs[0]}`,
    node,
    rootRuleId: 'any',
    title,
    alarmsAtMs: atMs,
    said: atMs.map((each) => ({ atMs: each, text: `${title}.` })),
    goodAtMs: [],
  };
}

const LOCKED = 'market.db is locked by node (process 4711)';
const LOCK_NODE = 'database/market#access';
const FAULTY = '127.0.0.1:4711 answers with a server error (HTTP 500)';
const SILENT = '127.0.0.1:4711 did not answer completely within 20 s';

describe('what was told of a fault', () => {
  it('is what was said at its place in words that name it, and how long after its beginning', () => {
    const { tellings, groundless, untrue } = matchAlarms(
      [fault('lock', MINUTE_MS)],
      [incident(LOCK_NODE, LOCKED, 62_000)],
    );
    expect(tellings).toMatchObject([{ saying: { text: `${LOCKED}.` }, afterMs: 2_000, isMisnamed: false }]);
    expect([groundless, untrue]).toEqual([[], []]);
  });

  it('is not what was said at another place, however it is called, and that one is false', () => {
    const elsewhere = incident('database/monitor#access', LOCKED, 62_000);
    const { tellings, groundless } = matchAlarms([fault('lock', MINUTE_MS)], [elsewhere]);
    expect(tellings).toMatchObject([{ saying: null, isMisnamed: false }]);
    expect(groundless).toEqual([{ incident: elsewhere, atMs: 62_000 }]);
  });

  it('is not what names another cause, and that is untrue', () => {
    const { tellings, groundless, untrue } = matchAlarms(
      [fault('api-500', MINUTE_MS)],
      [incident(HOST, SILENT, 62_000)],
    );
    expect(tellings).toMatchObject([{ saying: null, isMisnamed: true }]);
    expect(groundless).toEqual([]);
    expect(untrue).toEqual([{ atMs: 62_000, text: `${SILENT}.` }]);
  });

  it('is not what was said before it began, nor long after it was over', () => {
    const made = fault('lock', MINUTE_MS);
    const early = incident(LOCK_NODE, LOCKED, 59_000);
    const late = incident(LOCK_NODE, LOCKED, made.toMs + 91 * SECOND_MS);
    const { tellings, groundless } = matchAlarms([made], [early, late]);
    expect(tellings).toMatchObject([{ saying: null, isMisnamed: false }]);
    expect(groundless.map((alarm) => alarm.incident)).toEqual([early, late]);
    const soon = incident(LOCK_NODE, LOCKED, made.toMs + 21 * SECOND_MS);
    expect(matchAlarms([made], [soon]).tellings).toMatchObject([{ saying: null }]);
  });

  it('needs words of its own for a second one, in the same incident or in another', () => {
    const faults = [fault('lock', MINUTE_MS), fault('lock', 3 * MINUTE_MS)];
    const once = incident(LOCK_NODE, LOCKED, 62_000, 67_000);
    expect(matchAlarms(faults, [once]).tellings.map(({ afterMs }) => afterMs)).toEqual([2_000, null]);
    const again = incident(LOCK_NODE, LOCKED, 62_000, 67_000, 183_000);
    expect(matchAlarms(faults, [again]).tellings.map(({ afterMs }) => afterMs)).toEqual([2_000, 3_000]);
  });

  it('has to name the cause of each fault that one incident was about, when that was there', () => {
    const faults = [fault('api-500', MINUTE_MS), fault('api-hang', 4 * MINUTE_MS)];
    const about = (...said: StoredIncident['said']): readonly StoredIncident[] => [
      { ...incident(HOST, SILENT, 65_000), said },
    ];
    const first = { atMs: 65_000, text: `${FAULTY}.` };
    const told = about(first, { atMs: 250_000, text: `It is out of reach, again: ${SILENT}.` });
    expect(matchAlarms(faults, told).tellings.map(({ afterMs }) => afterMs)).toEqual([5_000, 10_000]);
    expect(matchAlarms(faults, told).untrue).toEqual([]);
    const silent = about(first, { atMs: 250_000, text: 'It is out of reach, again.' });
    expect(matchAlarms(faults, silent).tellings.map(({ isMisnamed }) => isMisnamed)).toEqual([false, true]);
    const old = about(first, { atMs: 250_000, text: `${FAULTY}, again.` });
    expect(matchAlarms(faults, old).tellings.map(({ isMisnamed }) => isMisnamed)).toEqual([false, true]);
    expect(matchAlarms(faults, old).untrue).toEqual([{ atMs: 250_000, text: `${FAULTY}, again.` }]);
  });
});

describe('the end of a fault', () => {
  it('is told when the incident that told it says so first, and not at all when it never does', () => {
    const made = fault('lock', MINUTE_MS);
    const about = (...goodAtMs: readonly number[]): StoredIncident => ({
      ...incident(LOCK_NODE, LOCKED, 62_000),
      goodAtMs,
    });
    const after = (...goodAtMs: readonly number[]) =>
      matchAlarms([made], [about(...goodAtMs)]).tellings[0]?.goodAfterMs;
    expect(after(80_000, made.toMs + 3_000, made.toMs + 9_000)).toBe(3_000);
    expect(after(80_000)).toBeNull();
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
