// The alert engine on clocks that a test moves, with a record in memory that goes through JSON as the real one does.
import type { Incident, IncidentEvent, Notice, Transition } from '../../../../src/shared/domain/alerts';
import type { RunErrorClass } from '../../../../src/shared/domain/collector';
import type { MetricName, Reading, Target } from '../../../../src/shared/domain/metrics';
import type { Clock } from '../../../../src/shared/util/clock';
import type { AlertChanges, AlertRecord, RestoredAlerts } from '../../../../src/main/alerts/alertChanges';
import { AlertEngine, type AlertEngineOptions } from '../../../../src/main/alerts/alertEngine';
import { DEFAULT_RULES } from '../../../../src/main/alerts/defaultRules';
import type { IncidentRecord } from '../../../../src/main/alerts/incidentRecord';

export const HOST = 'api.example.com';
export const T0 = Date.UTC(2026, 0, 5, 8);

export const collector = (id: string): Target => ({ kind: 'collector', id });
export const host: Target = { kind: 'host', id: HOST };
export const market: Target = { kind: 'database', id: 'market' };
export const network: Target = { kind: 'network', id: 'own' };

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Both clocks by hand; nothing is ever due by itself. */
export class HandClock implements Clock {
  #wallMs = T0;
  #monotonicMs = 0;

  wallMs = (): number => this.#wallMs;
  monotonicMs = (): number => this.#monotonicMs;
  after = (): { cancel(): void } => ({ cancel: () => undefined });

  advance(ms: number): void {
    this.#wallMs += ms;
    this.#monotonicMs += ms;
  }

  /** Sleep on a system whose monotonic clock stands still meanwhile, or somebody sets the clock. */
  stepWall(ms: number): void {
    this.#wallMs += ms;
  }
}

export class MemoryRecord implements AlertRecord {
  readonly transitions_: Transition[] = [];
  readonly events: IncidentEvent[] = [];
  readonly notices_: Notice[] = [];
  readonly batches: AlertChanges[] = [];
  readonly #instances = new Map<string, RestoredAlerts['instances'][number]>();
  readonly #incidents = new Map<string, IncidentRecord>();
  readonly #silences = new Map<string, RestoredAlerts['silences'][number]>();
  readonly #rules: AlertChanges['rules'][number][] = [];
  #observedMs = 0;

  save(changes: AlertChanges): void {
    const stored = JSON.parse(JSON.stringify(changes)) as AlertChanges;
    this.batches.push(stored);
    this.transitions_.push(...stored.transitions);
    this.events.push(...stored.events);
    this.notices_.push(...stored.notices);
    this.#rules.push(...stored.rules);
    for (const instance of stored.instances) {
      this.#instances.set(instance.key, { instance, savedAtMs: stored.atMs });
      this.#observedMs = Math.max(this.#observedMs, stored.observedMs);
    }
    for (const record of stored.incidents) this.#incidents.set(record.incident.id, record);
    for (const silence of stored.silences) this.#silences.set(silence.id, silence);
  }

  restore(nowMs: number): RestoredAlerts {
    return {
      observedMs: this.#observedMs,
      instances: [...this.#instances.values()],
      incidents: [...this.#incidents.values()].filter(
        ({ incident }) => incident.resolvedAtMs === null || incident.resolvedAtMs >= nowMs - 3_600_000,
      ),
      silences: [...this.#silences.values()].filter(({ untilMs }) => untilMs > nowMs),
      rules: this.#rules,
      unseen: [],
    };
  }

  /** Everything that was opened and is no part of another. */
  get opened(): readonly Incident[] {
    return [...this.#incidents.values()]
      .filter(({ foldedInto }) => foldedInto === null)
      .map(({ incident }) => incident);
  }

  incident = (): Promise<null> => Promise.resolve(null);
  incidents = (): Promise<readonly Incident[]> => Promise.resolve(this.opened);
  transitions = (): Promise<readonly Transition[]> => Promise.resolve(this.transitions_);
  notices = (): Promise<readonly []> => Promise.resolve([]);
}

export class AlertBench {
  readonly clock = new HandClock();
  readonly record = new MemoryRecord();
  /** Notices in the order in which they were handed out. */
  readonly told: Notice[] = [];
  /** Why the last run of a collector failed. */
  readonly faults = new Map<string, RunErrorClass>();
  readonly paused = new Set<string>();
  collectors: readonly string[];
  engine: AlertEngine;
  #rules: AlertEngineOptions['rules'];
  #ids = 0;

  constructor({ collectors = 12, rules = DEFAULT_RULES } = {}) {
    this.collectors = Array.from({ length: collectors }, (_, index) => `c${index + 1}`);
    this.#rules = rules;
    this.engine = this.#start();
  }

  /** As after a kill: what was not stored is gone. */
  restart(downtimeMs = 0): void {
    this.clock.advance(downtimeMs);
    this.engine = this.#start();
  }

  /** Past the settle window, with a look each second. */
  settle(): void {
    this.pass(31_000);
  }

  /** Lets time go by in ticks of a second, reading what `read` says before each. Long times go by in larger ticks. */
  pass(ms: number, read: () => readonly Reading[] = () => []): void {
    const tickMs = ms >= 600_000 ? 4_000 : 1_000;
    for (let leftMs = ms; leftMs > 0; leftMs -= tickMs) {
      this.clock.advance(Math.min(tickMs, leftMs));
      this.engine.observe(read());
      this.engine.tick();
    }
  }

  observe(...readings: readonly Reading[]): void {
    this.engine.observe(readings);
  }

  reading(metric: MetricName, target: Target, value: number | null, detail: string | null = null): Reading {
    return { metric, target, value, atMs: this.clock.wallMs(), detail };
  }

  /** How often the view was said to have changed. */
  changes = 0;

  get open(): readonly Incident[] {
    return this.engine.view().incidents;
  }

  /** `kind title` of what was not held back. */
  get said(): readonly string[] {
    return this.told.filter(({ suppressed }) => suppressed === null).map(({ kind, title }) => `${kind} ${title}`);
  }

  #start(): AlertEngine {
    return new AlertEngine({
      clock: this.clock,
      rules: this.#rules,
      restored: this.record.restore(this.clock.wallMs()),
      facts: {
        titleOf: ({ kind, id }) => (kind === 'database' ? `${id}.db` : id),
        hostsOf: () => [HOST],
        faultOf: (id) => this.faults.get(id) ?? null,
        isPaused: (id) => this.paused.has(id),
        collectors: () => this.collectors.length,
      },
      ids: () => `id${(this.#ids += 1)}`,
      onChange: () => void (this.changes += 1),
      store: this.record,
      notify: (notices) => void this.told.push(...notices),
      history: { readings: () => Promise.resolve([]) },
    });
  }
}
