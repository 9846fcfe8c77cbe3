// The faults of an endurance run against the alert engine alone, on a clock that a test moves: half an hour in seconds, with the
// readings that the program makes of them. Each has to be told, nothing else, and its end in time.
import { expect, it } from 'vitest';
import { type AlarmBooks, type MadeFault, matchAlarms, type StoredIncident } from '../../../bench/soak/alarms';
import { isSaying, noticeWords } from '../../../bench/soak/monitorRecord';
import { type FaultId, plannedFaults } from '../../../bench/soak/plan';
import type { Reading } from '../../../src/shared/domain/metrics';
import type { IncidentRecord } from '../../../src/main/alerts/incidentRecord';
import { AlertBench, collector, HOST, host, market, T0 } from '../alerts/support/alertBench';

const SECOND_MS = 1_000;
const RUN_EVERY_S = 15;
const STALE_AFTER_S = 45;
const CALL_LIMIT_S = 20;
const OPENS_AFTER_S: Partial<Record<FaultId, number>> = { 'api-500': 5, 'api-hang': CALL_LIMIT_S + 2 };
const PROBE_EVERY_S = 15;
const SAYS: Partial<Record<FaultId, string>> = {
  'api-500': `${HOST} answers with a server error (HTTP 500): Internal Server Error`,
  'api-hang': `${HOST} did not answer completely within 20 s.`,
};
const GARBLED = `${HOST} answered with data that is cut off or garbled (HTTP 200).`;

interface Runner {
  readonly id: string;
  freshS: number;
  streak: number;
  /** Since when its run hangs; null when it does not. */
  hangsSinceS: number | null;
  latest: boolean[];
  good: number;
  all: number;
}

class Market {
  readonly bench = new AlertBench({ collectors: 11 });
  readonly faults: MadeFault[] = [];
  readonly #runners: readonly Runner[] = this.bench.collectors.map((id) => {
    return { id, freshS: 0, streak: 0, hangsSinceS: null, latest: [], good: 0, all: 0 };
  });
  /** Which fault there is, with its beginning; of the source, of the disk, and a lock beside either. */
  readonly #present = new Map<FaultId, number>();
  #downFor: FaultId | null = null;
  #downUntilS = 0;
  #throttledSinceS: number | null = null;

  get #nowS(): number {
    return (this.bench.clock.wallMs() - T0) / SECOND_MS;
  }

  pass(seconds: number): void {
    this.bench.pass(seconds * SECOND_MS, () => this.#read());
  }

  begin(id: FaultId): void {
    this.#present.set(id, this.#nowS);
  }

  end(id: FaultId): void {
    const fromS = this.#present.get(id) ?? 0;
    this.#present.delete(id);
    this.faults.push({ id, fromMs: T0 + fromS * SECOND_MS, toMs: this.bench.clock.wallMs() });
  }

  #read(): readonly Reading[] {
    const { bench } = this;
    const nowS = this.#nowS;
    for (const [index, runner] of this.#runners.entries()) if (nowS % RUN_EVERY_S === index) this.#run(runner, nowS);
    this.#probe(nowS);
    const forMs = (id: FaultId): number => {
      const sinceS = this.#present.get(id);
      return sinceS === undefined ? 0 : (nowS - sinceS) * SECOND_MS;
    };
    const lockedMs = forMs('lock');
    const fullMs = forMs('disk-full');
    const throttledMs = this.#throttledSinceS === null ? 0 : (nowS - this.#throttledSinceS) * SECOND_MS;
    const words = this.#downFor === null ? null : (SAYS[this.#downFor] ?? null);
    return [
      bench.reading('host.breakerOpen', host, Number(words !== null), words),
      bench.reading('host.throttledFor', host, throttledMs, `${HOST} asks for fewer calls.`),
      bench.reading('database.lockedFor', market, lockedMs, 'market.db is locked by node (process 7).'),
      bench.reading('database.unavailableFor', market, lockedMs > 5_000 ? lockedMs : 0, 'market.db is locked.'),
      bench.reading('database.diskFree', market, fullMs > 3_000 ? 0 : 1e12, 'Little is free on the disk of market.db.'),
      bench.reading('database.checkpointFailures', market, fullMs > 2_000 ? 3 : 0, 'database or disk is full'),
      ...this.#runners.flatMap((runner) => this.#readOne(runner, nowS)),
    ];
  }

  #readOne({ id, freshS, streak, hangsSinceS, latest, good, all }: Runner, nowS: number): readonly Reading[] {
    const { bench } = this;
    const target = collector(id);
    const silentMs = hangsSinceS === null ? 0 : (nowS - hangsSinceS) * SECOND_MS;
    const failed = latest.filter((isFailure) => isFailure).length;
    return [
      bench.reading('collector.staleBy', target, (nowS - freshS - STALE_AFTER_S) * SECOND_MS, 'It is promised sooner.'),
      bench.reading('collector.silentFor', target, silentMs, 'Its last step was: page 1.'),
      bench.reading('collector.failureStreak', target, streak, GARBLED),
      bench.reading('collector.lastRunFault', target, Number(streak > 1), GARBLED),
      bench.reading('collector.errorRate', target, latest.length < 5 ? null : failed / latest.length, GARBLED),
      bench.reading('collector.availability', target, all < 20 ? null : good / all),
    ];
  }

  #run(runner: Runner, nowS: number): void {
    const { faults } = this.bench;
    runner.all += 1;
    if (this.#downFor !== null) return void faults.set(runner.id, 'host_down');
    if (this.#present.has('api-500')) return void faults.set(runner.id, 'server');
    if (this.#present.has('api-429')) {
      this.#throttledSinceS ??= nowS;
      return;
    }
    if (this.#present.has('api-hang')) {
      runner.hangsSinceS ??= nowS;
      return;
    }
    const isGarbled = this.#present.has('api-garbage');
    runner.latest = [...runner.latest, isGarbled].slice(-10);
    if (isGarbled) {
      runner.streak += 1;
      faults.set(runner.id, 'malformed');
      return;
    }
    this.#throttledSinceS = null;
    faults.delete(runner.id);
    Object.assign(runner, { freshS: nowS, streak: 0, hangsSinceS: null, good: runner.good + 1 });
  }

  /** Calls that hang run into their limit, the breaker opens, and a probe closes it again. */
  #probe(nowS: number): void {
    for (const runner of this.#runners) {
      if (runner.hangsSinceS === null || nowS - runner.hangsSinceS < CALL_LIMIT_S) continue;
      runner.hangsSinceS = null;
      this.bench.faults.set(runner.id, 'timeout');
    }
    for (const id of ['api-500', 'api-hang'] as const) {
      const sinceS = this.#present.get(id);
      if (sinceS === undefined || nowS - sinceS < (OPENS_AFTER_S[id] ?? 0)) continue;
      this.#downFor = id;
      this.#downUntilS = nowS + PROBE_EVERY_S;
    }
    if (nowS >= this.#downUntilS) this.#downFor = null;
  }

  books(): AlarmBooks {
    return matchAlarms(this.faults, this.#incidents());
  }

  #incidents(): readonly StoredIncident[] {
    const { record } = this.bench;
    const last = new Map<string, IncidentRecord>();
    for (const { incidents } of record.batches) for (const each of incidents) last.set(each.incident.id, each);
    return [...last.values()]
      .filter(({ foldedInto }) => foldedInto === null)
      .map(({ incident: { id, title, rootRuleId, openedAtMs }, node }) => {
        const lines = record.events.filter(({ incidentId }) => incidentId === id);
        const notices = record.notices_.filter(
          ({ incidentId, suppressed }) => incidentId === id && suppressed === null,
        );
        const timesOf = (...kinds: readonly string[]) =>
          lines.filter(({ kind }) => kinds.includes(kind)).map(({ atMs }) => atMs);
        return {
          ...{ id, node, title, rootRuleId },
          alarmsAtMs: [openedAtMs, ...timesOf('reopened')],
          goodAtMs: timesOf('recovering', 'resolved'),
          said: [...lines.filter(isSaying), ...notices.filter(isSaying).map(noticeWords)],
        };
      });
  }
}

function lived(seed: number, faults: number): Market {
  const world = new Market();
  world.pass(90);
  const plan = plannedFaults(seed, ['kill', 'sleep']);
  for (let n = 0; n < faults; n += 1) {
    const { id, pauseMs, lastsMs, lock } = plan.next().value;
    const [pauseS, lastsS, lockAfterS, lockS] = [pauseMs, lastsMs, lock?.afterMs ?? 0, lock?.lastsMs ?? 0].map((ms) =>
      Math.round(ms / SECOND_MS),
    ) as [number, number, number, number];
    world.pass(pauseS);
    world.begin(id);
    world.pass(lockAfterS);
    if (lock) world.begin('lock');
    world.pass(lockS);
    if (lock) world.end('lock');
    world.pass(lastsS - lockAfterS - lockS);
    world.end(id);
  }
  world.pass(90);
  return world;
}

it('each fault is told, each end in time, and nothing else', () => {
  const { tellings, groundless, untrue } = lived(1, 12).books();
  const inWords = ({ id, fromMs }: MadeFault): string => `${id} at ${(fromMs - T0) / SECOND_MS} s`;
  expect(tellings.filter(({ saying }) => saying === null).map(({ fault }) => inWords(fault))).toEqual([]);
  expect(groundless.map(({ incident, atMs }) => `${(atMs - T0) / SECOND_MS} s: ${incident.title}`)).toEqual([]);
  expect(untrue).toEqual([]);
  const late = tellings.filter(({ goodAfterMs }) => goodAfterMs === null || goodAfterMs > 45_000);
  expect(late.map(({ fault, goodAfterMs }) => `${inWords(fault)}: ${goodAfterMs}`)).toEqual([]);
});
