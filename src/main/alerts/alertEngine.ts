// Judges readings, keeps incidents, says what ought to be said. All of it happens in memory: neither a database that takes no rows
// nor a channel that hangs can delay it. What changed is handed on as a whole afterwards.
import {
  type AlertsSlice,
  type BackTest,
  type IncidentDetails,
  type IncidentListArgs,
  MAX_OPEN_SHOWN,
  type RuleEntry,
  type SilenceArgs,
} from '../../shared/contract/alerts';
import { fail, ok, type Result } from '../../shared/contract/envelope';
import type {
  AlertRule,
  Incident,
  IncidentEvent,
  Notice,
  Severity,
  Silence,
  Transition,
} from '../../shared/domain/alerts';
import type { Reading } from '../../shared/domain/metrics';
import type { Clock } from '../../shared/util/clock';
import type { PowerEvent } from '../../shared/util/sleepWatch';
import type { AlertRecord, InboxNotice, RestoredAlerts } from './alertChanges';
import { backTest, type ReadingSource } from './backTest';
import type { IncidentRecord } from './incidentRecord';
import { Incidents } from './incidents';
import type { Moment } from './instance';
import { Judge } from './judge';
import { GROUP_WAIT_MS, tell } from './notices';
import { ObservedTime } from './observedTime';
import { acknowledged, isRunning, type Overlaid, overlaysAfter, snoozed, unacknowledged } from './overlays';
import { type AlertFacts, STORM_WINDOW_MS } from './rootCause';
import { RuleBook, type RuleChange, type RuleVerdict } from './ruleBook';
import { rank } from './severity';

/** Timers that run are stored this often, so that a restart loses little of them. Observed time. */
const CHECKPOINT_MS = 15_000;
const LATELY_SHOWN = 10;
const MAX_UNSEEN = 1_000;

export interface AlertEngineOptions {
  readonly clock: Clock;
  /** As they ship. */
  readonly rules: readonly AlertRule[];
  readonly restored: RestoredAlerts;
  readonly facts: AlertFacts;
  /** Makes ids that are unique for ever. */
  readonly ids: () => string;
  /** The view has changed, or values in it have. */
  readonly onChange: () => void;
  readonly store: AlertRecord;
  /** Also with notices that are held back: somebody may ask why they were not told. */
  readonly notify: (notices: readonly Notice[]) => void;
  /** Stored readings, for trying a rule on the past. */
  readonly history: ReadingSource;
}

export class AlertEngine {
  readonly #options: AlertEngineOptions;
  readonly #time: ObservedTime;
  readonly #book: RuleBook;
  readonly #judge: Judge;
  readonly #incidents: Incidents;
  readonly #silences: Map<string, Silence>;
  readonly #unseen: Map<string, Notice>;
  /** Changes that a person made since the last step. */
  #newSilences: Silence[] = [];
  #newRules: RuleChange[] = [];
  #checkpointObservedMs: number;
  /** Whether the view, as it was last told to have changed, said that the network is not judged yet. */
  #toldSettling = true;

  /** Takes up what was going on before the start; nothing is judged before the first reading. */
  constructor(options: AlertEngineOptions) {
    const { clock, facts, ids, restored, rules } = options;
    this.#options = options;
    this.#time = new ObservedTime(clock, restored.observedMs);
    this.#checkpointObservedMs = restored.observedMs;
    this.#book = new RuleBook(rules, restored.rules);
    const now = this.#time.moment();
    this.#judge = new Judge(this.#book, facts, restored.instances, now);
    const rule = (ruleId: string): AlertRule | null => this.#book.get(ruleId);
    this.#incidents = new Incidents({ facts, ids, rule }, restored.incidents, now);
    this.#silences = new Map(restored.silences.map((silence) => [silence.id, silence]));
    this.#unseen = new Map(restored.unseen.map((notice) => [notice.id, notice]));
  }

  /**
   * Takes up what was going on before the start when that could be read only now. To be called once, after a start with
   * `nothingRestored`.
   */
  adopt({ incidents, instances, rules, silences, unseen }: RestoredAlerts): void {
    const now = this.#time.look();
    const changed = this.#book.adopt(rules);
    for (const silence of silences) if (!this.#silences.has(silence.id)) this.#silences.set(silence.id, silence);
    for (const notice of unseen) this.#unseen.set(notice.id, notice);
    const transitions = this.#judge.adopt(instances, changed, now);
    this.#incidents.adopt(incidents, now);
    this.#step(transitions, now);
  }

  /** Judges what was just read. Values that are null say nothing. */
  observe(readings: readonly Reading[]): void {
    const now = this.#time.look();
    const transitions = this.#judge.read(readings, now);
    // Values that changed nothing show with the next tick.
    if (transitions.length > 0) this.#step(transitions, now);
  }

  /** To be called once a second: judges what only time changes. */
  tick(): void {
    const now = this.#time.look();
    for (const silence of this.#silences.values()) {
      if (silence.untilMs <= now.wallMs) this.#silences.delete(silence.id);
    }
    this.#step(this.#judge.tick(now), now);
    const isSettling = this.#time.settlingUntilMs() !== null;
    if (isSettling !== this.#toldSettling || this.#incidents.open().length > 0) this.#options.onChange();
    this.#toldSettling = isSettling;
  }

  /** What the system tells of its sleep: what was not observed is no failure. */
  power(event: PowerEvent): void {
    if (event !== 'resume') return;
    this.#time.slept();
    this.#options.onChange();
  }

  view(): AlertsSlice {
    const open = this.#incidents.open().map(({ incident }) => incident);
    const count = (severity: Severity): number => open.filter((incident) => incident.severity === severity).length;
    return {
      incidents: open.sort(worstFirst).slice(0, MAX_OPEN_SHOWN),
      open: { info: count('info'), warning: count('warning'), critical: count('critical') },
      lately: this.#incidents
        .ended()
        .filter(({ foldedInto }) => foldedInto === null)
        .map(({ incident }) => incident)
        .sort((a, b) => (b.resolvedAtMs ?? 0) - (a.resolvedAtMs ?? 0))
        .slice(0, LATELY_SHOWN),
      silences: [...this.#silences.values()],
      unseen: this.#unseen.size,
      settlingUntilMs: this.#time.settlingUntilMs(),
    };
  }

  /** Null when there never was such an incident. Rejects with a StorageError when the record cannot be read. */
  async details(incidentId: string): Promise<IncidentDetails | null> {
    const { clock, store } = this.#options;
    const past = await store.incident(incidentId);
    const record = this.#incidents.get(incidentId) ?? past?.record;
    if (!record) return null;
    const { incident } = record;
    const keys = incident.members.map(({ key }) => key);
    const fromMs = Math.min(incident.openedAtMs, ...incident.members.map(({ sinceMs }) => sinceMs));
    const transitions = await store.transitions(keys, fromMs, incident.resolvedAtMs ?? clock.wallMs());
    return { incident, timeline: past?.timeline ?? [], transitions };
  }

  /** Newest first. */
  async incidents(args: IncidentListArgs): Promise<readonly Incident[]> {
    const stored = await this.#options.store.incidents(args);
    return stored.map((incident) => this.#incidents.get(incident.id)?.incident ?? incident);
  }

  /** Newest first. */
  inbox(beforeMs: number | null, limit: number): Promise<readonly InboxNotice[]> {
    return this.#options.store.notices(beforeMs, limit);
  }

  /** What the rule would have done; nothing is changed. */
  backTest(rule: AlertRule, fromMs: number, toMs: number): Promise<BackTest> {
    return backTest(rule, this.#options.history, fromMs, toMs);
  }

  ack(incidentId: string, note: string): Result<null> {
    return this.#overlay(incidentId, (record, wallMs) => acknowledged(record, note, wallMs));
  }

  unack(incidentId: string): Result<null> {
    return this.#overlay(incidentId, (record, wallMs) => unacknowledged(record, 'By hand.', wallMs));
  }

  snooze(incidentId: string, until: Incident['snoozed']): Result<null> {
    const { clock } = this.#options;
    if (typeof until === 'number' && until <= clock.wallMs()) return fail('bad_request', 'That time has passed.');
    return this.#overlay(incidentId, (record, wallMs) => snoozed(record, until, wallMs));
  }

  silence(args: SilenceArgs): Result<{ readonly id: string }> {
    const { clock, ids } = this.#options;
    const fromMs = clock.wallMs();
    if (args.untilMs <= fromMs) return fail('bad_request', 'That time has passed.');
    if (args.reason.trim() === '') return fail('bad_request', 'A silence needs a reason.');
    const silence: Silence = { ...args, id: ids(), fromMs };
    this.#silences.set(silence.id, silence);
    this.#newSilences.push(silence);
    this.#stepNow();
    return ok({ id: silence.id });
  }

  endSilence(id: string): Result<null> {
    const silence = this.#silences.get(id);
    if (!silence) return fail('not_found', 'This silence is over already.');
    this.#silences.delete(id);
    this.#newSilences.push({ ...silence, untilMs: this.#options.clock.wallMs() });
    this.#stepNow();
    return ok(null);
  }

  ruleEntries(): readonly RuleEntry[] {
    return this.#book.entries();
  }

  /** The version that it is given is ignored: it becomes the next one. */
  saveRule(rule: AlertRule): Result<{ readonly version: number }> {
    return this.#changed(this.#book.save(rule, this.#options.clock.wallMs()), ({ version }) => ({ version }));
  }

  resetRule(ruleId: string): Result<null> {
    return this.#changed(this.#book.reset(ruleId, this.#options.clock.wallMs()), () => null);
  }

  removeRule(ruleId: string): Result<null> {
    return this.#changed(this.#book.remove(ruleId, this.#options.clock.wallMs()), () => null);
  }

  /** Everything in the inbox up to this wall time has been looked at. */
  seen(untilMs: number): void {
    const looked = [...this.#unseen.values()].filter(({ atMs }) => atMs <= untilMs);
    if (looked.length === 0) return;
    for (const { id } of looked) this.#unseen.delete(id);
    this.#save(this.#time.look(), { notices: looked.map((notice) => ({ ...notice, seen: true })) });
    this.#options.onChange();
  }

  #overlay(incidentId: string, change: (record: IncidentRecord, wallMs: number) => Overlaid): Result<null> {
    const record = this.#incidents.open().find(({ incident }) => incident.id === incidentId);
    if (!record) return fail('not_found', 'This incident is over.');
    this.#put(change(record, this.#options.clock.wallMs()));
    this.#stepNow();
    return ok(null);
  }

  #changed<T>(verdict: RuleVerdict, answer: (rule: AlertRule) => T): Result<T> {
    if (verdict.kind === 'refused') return fail('bad_request', verdict.reason);
    this.#newRules.push(verdict.change);
    const now = this.#time.look();
    this.#step(this.#judge.ruleChanged(verdict.change.rule, now), now);
    return ok(answer(verdict.change.rule));
  }

  #stepNow(): void {
    this.#step([], this.#time.look());
  }

  /** From transitions to incidents to notices, then hands on whatever changed. */
  #step(transitions: readonly Transition[], now: Moment): void {
    const faults = this.#judge.faults();
    const silences = [...this.#silences.values()].filter((silence) => isRunning(silence, now.wallMs));
    this.#incidents.apply(transitions, faults, now);
    this.#incidents.refresh(faults, (key) => this.#judge.judged(key), now);
    for (const record of this.#incidents.open()) this.#put(overlaysAfter(record, silences, now.wallMs), record);
    const notices = this.#say(silences, now);
    const { records, events } = this.#incidents.takeChanges();
    const rules = this.#newRules;
    const newSilences = this.#newSilences;
    this.#newRules = [];
    this.#newSilences = [];
    const instances = [...this.#judge.takeChanged(), ...this.#checkpoint(now)];
    const isQuiet = [transitions, instances, records, events, notices, rules, newSilences].every(
      ({ length }) => length === 0,
    );
    if (isQuiet) return;
    const inbox = notices.map((notice) => ({ ...notice, seen: notice.suppressed !== null }));
    this.#save(now, {
      instances,
      transitions,
      incidents: records,
      events,
      notices: inbox,
      rules,
      silences: newSilences,
    });
    if (notices.length > 0) this.#options.notify(notices);
    this.#options.onChange();
  }

  #say(silences: readonly Silence[], now: Moment): readonly Notice[] {
    const said: Notice[] = [];
    const collectorWaitMs = this.#incidents.isGathering(now) ? STORM_WINDOW_MS : GROUP_WAIT_MS;
    for (const record of [...this.#incidents.open(), ...this.#incidents.ended()]) {
      const waitMs = record.incident.root.kind === 'collector' ? collectorWaitMs : GROUP_WAIT_MS;
      const telling = tell(record, silences, now, waitMs);
      this.#put(telling, record);
      said.push(...telling.notices);
    }
    for (const notice of said) {
      if (notice.suppressed === null && this.#unseen.size < MAX_UNSEEN) this.#unseen.set(notice.id, notice);
    }
    return said;
  }

  #put(
    { record, events }: { readonly record: IncidentRecord; readonly events: readonly IncidentEvent[] },
    before?: IncidentRecord,
  ): void {
    if (record !== before) this.#incidents.put(record);
    for (const entry of events) this.#incidents.note(entry);
  }

  /** Timers that run, now and then. */
  #checkpoint(now: Moment): ReturnType<Judge['running']> {
    if (now.observedMs - this.#checkpointObservedMs < CHECKPOINT_MS) return [];
    this.#checkpointObservedMs = now.observedMs;
    return this.#judge.running();
  }

  #save(now: Moment, changes: Partial<Parameters<AlertRecord['save']>[0]>): void {
    this.#options.store.save({
      atMs: now.wallMs,
      observedMs: now.observedMs,
      instances: [],
      transitions: [],
      incidents: [],
      events: [],
      notices: [],
      silences: [],
      rules: [],
      ...changes,
    });
  }
}

function worstFirst(a: Incident, b: Incident): number {
  return rank(b.severity) - rank(a.severity) || a.openedAtMs - b.openedAtMs;
}
