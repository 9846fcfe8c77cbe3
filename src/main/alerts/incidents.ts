// The open incidents: every firing period belongs to exactly one, and one cause has exactly one. Opens, joins, folds, gives them
// another root, ends them. Knows no clock, no storage and no channel; what is said about them is in notices.ts.
import type { AlertRule, Incident, IncidentEvent, IncidentMember, Transition } from '../../shared/domain/alerts';
import type { Target } from '../../shared/domain/metrics';
import {
  againWords,
  asOf,
  asStorm,
  changesOf,
  inFoldingOrder,
  isSameCause,
  newRecord,
  nodeOfFault,
  openedWords,
  otherCause,
  reopened,
  sameIncident,
} from './incidentChanges';
import { EndedIncidents } from './endedIncidents';
import { Arrivals, spoiltHosts } from './gathering';
import {
  causeOf,
  explainsStill,
  type Faults,
  type Faulty,
  faultyNodes,
  FOLLOWS_MS,
  hasLeft,
  isCauseOf,
  isHome,
  isLookingBack,
  isProving,
  isRooted,
  rerooted,
  strays,
  withoutMember,
} from './incidentRoot';
import { event, faceOf, holders, type IncidentRecord, inOrder, type JudgedFault, memberOf } from './incidentRecord';
import { refreshed } from './incidentRefresh';
import type { Moment } from './instance';
import { MemberIndex } from './memberIndex';
import {
  type AlertFacts,
  explainsOthers,
  likeliestParent,
  looksBack,
  nodeOf,
  SPOILT_LIMIT,
  stormLimit,
  type Suspect,
} from './rootCause';

export interface IncidentOptions {
  readonly facts: AlertFacts;
  readonly ids: () => string;
  /** Of the present book of rules, or null once it was removed. */
  readonly rule: (ruleId: string) => AlertRule | null;
}

export class Incidents {
  readonly #options: IncidentOptions;
  readonly #open = new Map<string, IncidentRecord>();
  readonly #ended = new EndedIncidents();
  readonly #arrivals = new Arrivals();
  #events: IncidentEvent[] = [];
  readonly #changed = new Set<string>();
  /** Of the step that is being made. */
  #index = new MemberIndex([], () => null);

  /** @param restored open ones, and those that ended so lately that they can be reopened */
  constructor(options: IncidentOptions, restored: readonly IncidentRecord[], now: Moment) {
    this.#options = options;
    for (const record of restored) this.#restore(record, now);
  }

  /** Takes up what could be read only now; what has opened meanwhile for a cause among them is one incident with it. */
  adopt(restored: readonly IncidentRecord[], now: Moment): void {
    const since = this.open();
    for (const record of restored) {
      if (this.get(record.incident.id) !== null) continue;
      const taken = asOf(record, now);
      this.#restore(taken, now);
      if (taken.incident.state === 'resolved') continue;
      const [survivor, ...others] = inFoldingOrder([taken, ...since.filter((own) => isSameCause(own, taken))], null);
      if (survivor) this.#fold(others, survivor.incident.id, now);
    }
  }

  open(): readonly IncidentRecord[] {
    return [...this.#open.values()];
  }

  /** Of the last hour, newest last; also those that turned out to be a part of another one. */
  ended(): readonly IncidentRecord[] {
    return this.#ended.all();
  }

  get(id: string): IncidentRecord | null {
    return this.#open.get(id) ?? this.#ended.get(id);
  }

  /** True while other collectors have begun to fail so lately that one cause for all of them may still show. */
  isGathering(now: Moment): boolean {
    return this.#arrivals.recent(now).size > 1;
  }

  /** Stores a record that was changed from outside: overlays, notices. */
  put(record: IncidentRecord): void {
    const { id } = record.incident;
    if (!this.#ended.replace(record)) this.#open.set(id, record);
    this.#changed.add(id);
  }

  note(entry: IncidentEvent): void {
    this.#events.push(entry);
  }

  /** Whatever changed since the last call. */
  takeChanges(): { readonly records: readonly IncidentRecord[]; readonly events: readonly IncidentEvent[] } {
    const records = [...this.#changed].flatMap((id) => this.get(id) ?? []);
    const events = this.#events;
    this.#changed.clear();
    this.#events = [];
    return { records, events };
  }

  /** @param faults every active fault, those of the transitions as they are after them */
  apply(transitions: readonly Transition[], faults: Faults, now: Moment): void {
    const fired = transitions.filter(({ to, key }) => to === 'firing' && faults.has(key));
    if (fired.length > 0) this.#index = new MemberIndex(this.open(), (member) => this.#memberNode(member));
    const faulty = faultyNodes(this.open(), fired.length > 0 ? faults : new Map(), now);
    for (const transition of fired) {
      const fault = faults.get(transition.key);
      if (fault) this.#fired(transition, fault, faults, faulty, now);
    }
    this.#foldStorm(faults, now);
    this.#foldSpoilt(faults, now);
  }

  /** Brings members, titles and states up to date, and gives up roots that have gone. */
  refresh(faults: Faults, ended: (key: string) => JudgedFault | null, now: Moment): void {
    this.#handOver(faults, now);
    for (const record of this.#open.values()) this.#refreshOne(record, faults, ended, now);
    this.#ended.forgetOld(now);
  }

  /** @param faulty where something is wrong now */
  #fired(transition: Transition, fault: JudgedFault, faults: Faults, faulty: Faulty, now: Moment): void {
    const holding = this.#present(this.#index.holderOf(transition.key));
    if (holding && hasLeft(holding, fault, this.#options.facts, now)) {
      this.#put(withoutMember(holding, transition.key));
    } else if (holding) {
      this.#wentBack(holding, fault, now);
      // What has stood for itself since it was over follows from it again.
      const { id } = holding.incident;
      if (isCauseOf(fault, holding, faults, this.#options.facts, now)) this.#root(id, fault, now);
      this.#fold(this.#childrenOf(fault, faults, id, now), id, now);
      return;
    }
    // What looks back and went on after its incident had ended is no news when it wavers.
    if (transition.from === 'recovering' && looksBack(fault.rule.metric)) return;
    const { target } = fault.instance;
    const cause = causeOf(fault, faulty, this.#options.facts);
    if (cause === null && target.kind === 'collector' && !looksBack(fault.rule.metric)) {
      this.#arrivals.add(target.id, now);
    }
    const home =
      this.#home(cause ?? nodeOfFault(fault), fault, faults) ?? (cause === null ? this.#reopen(fault, now) : null);
    const children = cause === null ? this.#childrenOf(fault, faults, home?.incident.id, now) : [];
    const [survivor, ...others] = inFoldingOrder(home ? [home, ...children] : children, home);
    if (!survivor) {
      this.#openNew(transition.atMs, fault, now);
      return;
    }
    this.#join(survivor.incident.id, fault, now);
    if (cause === null) this.#root(survivor.incident.id, fault, now);
    this.#fold(others, survivor.incident.id, now);
  }

  /** The open incident that this one is, or has become a part of. */
  #present(id: string | null): IncidentRecord | null {
    const record = id === null ? null : (this.#open.get(id) ?? null);
    if (record || id === null) return record;
    return this.#present(this.get(id)?.foldedInto ?? null);
  }

  /**
   * The incident whose root the node is, or in which it is one of the members; but what merely follows from a cause that lasts, and
   * now has a cause of its own, has nothing more to do with that one.
   */
  #home(node: string, fault: JudgedFault, faults: Faults): IncidentRecord | null {
    const isOther = (record: IncidentRecord) => !looksBack(fault.rule.metric) && isLookingBack(record, faults);
    const present = (ids: readonly string[]) =>
      ids.flatMap((id) => this.#present(id) ?? []).filter((record) => !isOther(record));
    const own = present(this.#index.rootedAt(node)).find((record) => record.node === node);
    if (own) return own;
    const isHere = (member: IncidentMember): boolean => this.#memberNode(member) === node;
    return present(this.#index.withMemberAt(node)).find((record) => isHome(record, isHere)) ?? null;
  }

  /** Incidents that the fault explains. @param own that of the fault itself */
  #childrenOf(fault: JudgedFault, faults: Faults, own: string | undefined, now: Moment): readonly IncidentRecord[] {
    if (!explainsOthers(fault.instance.target)) return [];
    const { facts } = this.#options;
    return this.open().filter((each) => each.incident.id !== own && isCauseOf(fault, each, faults, facts, now));
  }

  #openNew(atMs: number, fault: JudgedFault, now: Moment): string {
    const { facts, ids } = this.#options;
    const record = newRecord(ids(), atMs, fault, facts, now);
    const { id } = record.incident;
    this.#put(record);
    this.#index.add(record);
    this.note(event(id, atMs, 'opened', openedWords(record.incident)));
    return id;
  }

  #join(id: string, fault: JudgedFault, now: Moment): void {
    const record = this.#open.get(id);
    if (!record || record.incident.members.some(({ key }) => key === fault.instance.key)) return;
    const member = memberOf(fault, record.node, this.#options.facts);
    this.#put({ ...record, incident: { ...record.incident, members: [...record.incident.members, member] } });
    this.#index.joined(id, member);
    this.note(event(id, now.wallMs, 'joined', `${member.title}.`));
  }

  /** Makes the fault the root, unless it is one of several at the node that is the root already. */
  #root(id: string, { instance, rule }: JudgedFault, now: Moment): void {
    const record = this.#open.get(id);
    if (!record) return;
    const node = nodeOf({ metric: rule.metric, target: instance.target });
    if (record.node === node && !record.storm) return;
    const face = faceOf(rule, instance.target, instance.detail, this.#options.facts);
    const isHere = (member: IncidentMember): boolean => this.#memberNode(member) === node;
    const root = { ...face, root: instance.target, rootRuleId: rule.id };
    this.#put(rerooted(record, node, root, isHere));
    this.#index.rooted(id, node);
    this.note(otherCause(id, now.wallMs, `${face.title}.`));
  }

  /** Makes the records, which are open, a part of another one. */
  #fold(records: readonly IncidentRecord[], into: string, now: Moment): void {
    const target = this.#open.get(into);
    if (!target || records.length === 0) return;
    const members = new Map(target.incident.members.map((member) => [member.key, member]));
    const title = `Part of: ${target.incident.title}`;
    for (const record of records) {
      for (const member of record.incident.members) {
        if (members.has(member.key)) continue;
        const explained = target.storm || this.#memberNode(member) !== target.node;
        members.set(member.key, { ...member, explained });
        this.note(event(into, now.wallMs, 'joined', `${member.title}.`));
      }
      const incident: Incident = { ...record.incident, state: 'resolved', resolvedAtMs: now.wallMs, cause: title };
      this.#end({ ...record, incident, foldedInto: into }, now);
      this.note(event(record.incident.id, now.wallMs, 'resolved', `${title}.`));
    }
    const openedAtMs = Math.min(...[target, ...records].map(({ incident }) => incident.openedAtMs));
    this.#put({ ...target, incident: { ...target.incident, openedAtMs, members: [...members.values()] } });
  }

  #foldStorm(faults: Faults, now: Moment): void {
    const { facts } = this.#options;
    const struck = this.#arrivals.recent(now);
    if (struck.size <= stormLimit(facts.collectors())) return;
    const parent = likeliestParent([...struck], facts);
    const title = `${struck.size} collectors began to fail at once`;
    if (this.#gather(struck, parent, title, faults, now)) this.#arrivals.clear();
  }

  /** Collectors of one host that cannot read what it sends: however far between, it is one cause. */
  #foldSpoilt(faults: Faults, now: Moment): void {
    for (const { struck, ...host } of spoiltHosts(this.open(), faults, this.#options.facts)) {
      if (struck.size >= SPOILT_LIMIT)
        this.#gather(struck, host, `${struck.size} collectors are sent what is no data`, faults, now);
    }
  }

  /** Makes one incident of those whose roots are these collectors; false when there is none. */
  #gather(struck: ReadonlySet<string>, parent: Suspect, title: string, faults: Faults, now: Moment): boolean {
    const isPart = ({ storm, incident: { root } }: IncidentRecord) =>
      !storm && root.kind === 'collector' && struck.has(root.id);
    const parts = this.open().filter((record) => isPart(record) && !isLookingBack(record, faults));
    // What was suspected minutes ago and is suspected again is another time.
    const home = this.open().find((record) => record.node === parent.node && explainsStill(record, now)) ?? null;
    const [survivor, ...others] = inFoldingOrder(home ? [home, ...parts] : parts, home);
    if (!survivor || parts.length === 0) return false;
    const { id } = survivor.incident;
    if (survivor !== home) this.#makeStorm(id, parent, title, faults, now);
    this.#fold(others, id, now);
    return true;
  }

  #makeStorm(id: string, parent: Suspect, title: string, faults: Faults, now: Moment): void {
    const record = this.#open.get(id);
    if (!record) return;
    const name = this.#options.facts.titleOf(parent.target) ?? parent.target.id;
    const first = record.incident.members.map(({ key }) => faults.get(key)).find((fault) => fault !== undefined);
    const storm = asStorm(record, parent, title, name, first?.instance.detail ?? null);
    this.#put(storm);
    this.#index.rooted(id, storm.node);
    this.note(event(id, now.wallMs, 'rooted', `${storm.incident.title}: the likeliest cause is ${name}.`));
  }

  /** A member that was recovering is bad again. */
  #wentBack(record: IncidentRecord, fault: JudgedFault, now: Moment): void {
    const { incident } = record;
    this.#put({ ...record, incident: { ...incident, flips: incident.flips + 1 } });
    this.note(event(incident.id, now.wallMs, 'joined', againWords(fault, this.#options.facts)));
  }

  /** The incident that ended a moment ago and had this fault for its root; it goes on. */
  #reopen(fault: JudgedFault, now: Moment): IncidentRecord | null {
    const record = this.#ended.takeRootedIn(fault.instance.key, now);
    if (!record) return null;
    // What has found another incident meanwhile stays there.
    const elsewhere = new Set(this.open().flatMap((other) => other.incident.members.map(({ key }) => key)));
    const again = reopened(record, elsewhere, now);
    this.#put(again);
    this.#index.add(again);
    this.note(event(again.incident.id, now.wallMs, 'reopened', againWords(fault, this.#options.facts)));
    return again;
  }

  #refreshOne(record: IncidentRecord, faults: Faults, ended: (key: string) => JudgedFault | null, now: Moment): void {
    const { facts, rule } = this.#options;
    const before = record.incident;
    const { incident: titled, doubt, changedTo } = refreshed(record, { faults, ended, facts, rule }, now);
    this.#open.set(before.id, { ...record, incident: titled, doubt });
    if (!sameIncident(titled, before)) this.#changed.add(before.id);
    for (const entry of changesOf(before, titled, changedTo, now.wallMs)) this.note(entry);
    const current = this.#open.get(before.id);
    if (!current) return;
    if (titled.state === 'resolved') this.#end(current, now);
    else this.#watchRoot(current, faults, now);
  }

  #end(record: IncidentRecord, now: Moment): void {
    const { id } = record.incident;
    this.#open.delete(id);
    this.#ended.add(record, now.observedMs);
    this.#changed.add(id);
  }

  /** What follows from a cause that is good again, and from another one that is not, belongs to that one now. */
  #handOver(faults: Faults, now: Moment): void {
    for (const { from, to, fault } of strays(this.open(), faults, this.#options.facts)) {
      const record = this.#open.get(from);
      if (record) this.#put(withoutMember(record, fault.instance.key));
      this.#join(to, fault, now);
    }
  }

  /** What goes on failing is a cause of its own, in an incident of its own if this one still has to prove that its cause is over. */
  #watchRoot(record: IncidentRecord, faults: Faults, now: Moment): void {
    const goneObservedMs = isRooted(record, faults) ? null : (record.rootGoneObservedMs ?? now.observedMs);
    if (goneObservedMs !== record.rootGoneObservedMs) this.#put({ ...record, rootGoneObservedMs: goneObservedMs });
    if (record.storm || goneObservedMs === null || now.observedMs - goneObservedMs < FOLLOWS_MS) return;
    const left = inOrder(holders(record.incident.members, this.#options.rule)).filter(
      ({ state }) => state === 'firing',
    );
    const [first, ...others] = left.flatMap(({ key }) => faults.get(key) ?? []);
    if (!first) return;
    if (!isProving(record)) {
      this.#root(record.incident.id, first, now);
      return;
    }
    this.#put(left.reduce((rest, { key }) => withoutMember(rest, key), record));
    const id = this.#openNew(now.wallMs, first, now);
    for (const fault of others) this.#join(id, fault, now);
  }

  #restore(record: IncidentRecord, now: Moment): void {
    if (!this.#ended.restore(record, now)) this.#open.set(record.incident.id, record);
  }

  #memberNode({ ruleId, target }: { readonly ruleId: string; readonly target: Target }): string | null {
    const rule = this.#options.rule(ruleId);
    return rule && nodeOf({ metric: rule.metric, target });
  }

  #put(record: IncidentRecord): void {
    this.#open.set(record.incident.id, record);
    this.#changed.add(record.incident.id);
  }
}
