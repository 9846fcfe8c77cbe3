// Who was told of what: each fault has to be said while it lasts, by an incident at the place where its cause lies, in words that name
// it; and what is said needs a fault. Pure.
import { faultKind, FAULT_KINDS, type FaultId, type FaultKind } from './plan';

/** Said so long after a fault is over it is still about that one: a call that hangs runs into its time limit first. */
const SAID_WITHIN_MS = 20_000;
/** What a fault leaves behind may be told that long after it: it is judged over minutes. */
const TRACED_WITHIN_MS = 90_000;
/** Rules that look at the last ten runs, an hour or a day: in a run full of faults they are right, and no fault is theirs alone. */
const LOOKING_BACK: ReadonlySet<string> = new Set([
  'collector-errors',
  'collector-availability',
  'collector-missed',
  'collector-budget',
  'database-budget',
]);
/** The program says that the machine, or whoever stopped it, held it up. */
const HELD_UP = /^app\/main$/;

export interface MadeFault {
  readonly id: FaultId;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Something that a person could read at that time: that something is wrong, never that it is over. */
export interface Saying {
  readonly atMs: number;
  readonly text: string;
}

/** An incident that was not folded into another one, with what was written down of it. */
export interface StoredIncident {
  readonly id: string;
  /** Of its root in the tree of causes. */
  readonly node: string;
  readonly rootRuleId: string;
  readonly title: string;
  /** When it opened, and each time that it was opened again. */
  readonly alarmsAtMs: readonly number[];
  /** Lines of its timeline, and notices about it. */
  readonly said: readonly Saying[];
  /** When its timeline said that all is good again, or that it is over. */
  readonly goodAtMs: readonly number[];
}

export interface Telling {
  readonly fault: MadeFault;
  /** The first words that named it; null: nobody was told. */
  readonly saying: Saying | null;
  /** Since the fault began. */
  readonly afterMs: number | null;
  /** From its end until that was said; null when it was not. */
  readonly goodAfterMs: number | null;
  /** Something was said at its place meanwhile, but not what it is. */
  readonly isMisnamed: boolean;
}

export interface Alarm {
  readonly incident: StoredIncident;
  readonly atMs: number;
}

export interface AlarmBooks {
  readonly tellings: readonly Telling[];
  /** Of what no fault explains. */
  readonly groundless: readonly Alarm[];
  /** Words that name a fault that was not there. */
  readonly untrue: readonly Saying[];
  readonly heldUp: readonly Alarm[];
  readonly lookingBack: readonly Alarm[];
}

/** @param faults in the order in which they were made */
export function matchAlarms(faults: readonly MadeFault[], incidents: readonly StoredIncident[]): AlarmBooks {
  const alarms = incidents.flatMap((incident) => incident.alarmsAtMs.map((atMs) => ({ incident, atMs })));
  const unexplained = alarms.filter(
    ({ incident, atMs }) =>
      !faults.some((fault) => isNear(fault, atMs, TRACED_WITHIN_MS) && mayTell(faultKind(fault.id), incident)),
  );
  const lookingBack = unexplained.filter(({ incident }) => LOOKING_BACK.has(incident.rootRuleId));
  const heldUp = unexplained.filter(({ incident }) => HELD_UP.test(incident.node));
  return {
    tellings: faults.map((fault) => tellingOf(fault, incidents)),
    groundless: unexplained.filter((alarm) => !lookingBack.includes(alarm) && !heldUp.includes(alarm)),
    untrue: incidents.flatMap((incident) => untrueOf(incident, faults)),
    heldUp,
    lookingBack,
  };
}

function tellingOf(fault: MadeFault, incidents: readonly StoredIncident[]): Telling {
  const { names, nodes } = faultKind(fault.id);
  const said = incidents
    .filter(({ node }) => nodes?.test(node))
    .flatMap((incident) => incident.said.map((saying) => ({ incident, saying })))
    .filter(({ saying }) => isNear(fault, saying.atMs, SAID_WITHIN_MS))
    .toSorted((a, b) => a.saying.atMs - b.saying.atMs);
  const told = said.find(({ saying }) => names?.test(saying.text));
  const saying = told?.saying ?? null;
  const goodAtMs = told?.incident.goodAtMs.find((atMs) => atMs >= fault.toMs);
  return {
    fault,
    saying,
    afterMs: saying && saying.atMs - fault.fromMs,
    goodAfterMs: goodAtMs === undefined ? null : goodAtMs - fault.toMs,
    isMisnamed: saying === null && said.length > 0,
  };
}

function untrueOf({ node, said }: StoredIncident, faults: readonly MadeFault[]): readonly Saying[] {
  const kinds: readonly FaultKind[] = FAULT_KINDS.filter(({ nodes }) => nodes?.test(node));
  return said.filter(({ atMs, text }) => {
    const named = kinds.filter(({ names }) => names?.test(text));
    const isTrue = named.some(({ id }) =>
      faults.some((fault) => fault.id === id && isNear(fault, atMs, TRACED_WITHIN_MS)),
    );
    return named.length > 0 && !isTrue;
  });
}

function isNear({ fromMs, toMs }: MadeFault, atMs: number, withinMs: number): boolean {
  return atMs >= fromMs && atMs <= toMs + withinMs;
}

function mayTell({ nodes, besides }: FaultKind, { node }: StoredIncident): boolean {
  return (nodes?.test(node) ?? false) || (besides?.test(node) ?? false);
}
