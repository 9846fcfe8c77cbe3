// Who was told of what: each fault needs a firing of its own, at the place where its cause lies, in words that name it, within its
// time; and each alarm needs a fault. Pure.
import { faultKind, type FaultId } from './plan';

/** What is told of a fault may come that long after it is over: it is judged over minutes, and told once somebody can tell. */
const TOLD_WITHIN_MS = 90_000;
/** Rules that look at the last ten runs, an hour or a day: in a run full of faults they are right, and no fault is theirs alone. */
const LOOKING_BACK: ReadonlySet<string> = new Set(['collector-errors', 'collector-availability', 'collector-missed']);
/** The program says that the machine, or whoever stopped it, held it up. */
const HELD_UP = /^app\/main$/;

export interface MadeFault {
  readonly id: FaultId;
  readonly fromMs: number;
  readonly toMs: number;
}

/** An incident that was not folded into another one, with what was written down of it. */
export interface StoredIncident {
  readonly id: string;
  /** Of its root in the tree of causes. */
  readonly node: string;
  readonly rootRuleId: string;
  readonly title: string;
  readonly cause: string | null;
  /** When it opened, and each time that it was opened again. */
  readonly alarmsAtMs: readonly number[];
  /** When one of its members began to fire. */
  readonly firedAtMs: readonly number[];
  /** Lines of its timeline, and notices about it. */
  readonly said: readonly { readonly atMs: number; readonly text: string }[];
}

export interface Telling {
  readonly fault: MadeFault;
  /** Null: nobody was told. */
  readonly incident: StoredIncident | null;
  /** Since the fault began. */
  readonly afterMs: number | null;
  /** Something was told of it, and at its place, but not what it is. */
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
  readonly heldUp: readonly Alarm[];
  readonly lookingBack: readonly Alarm[];
}

/** @param faults in the order in which they were made */
export function matchAlarms(faults: readonly MadeFault[], incidents: readonly StoredIncident[]): AlarmBooks {
  const claimed = new Set<string>();
  const tellings = faults.map((fault): Telling => {
    const candidates = incidents
      .filter(({ node }) => faultKind(fault.id).nodes?.test(node))
      .flatMap((incident) => incident.firedAtMs.map((atMs) => ({ incident, atMs, claim: `${incident.id} ${atMs}` })))
      .filter(({ atMs, claim }) => isNear(fault, atMs) && !claimed.has(claim))
      .sort((a, b) => a.atMs - b.atMs);
    const [first] = candidates;
    const named = candidates.find(({ incident }) => isNamed(fault, incident));
    // What a fault has brought about is its own: a second one is not told by it.
    for (const { incident, atMs, claim } of candidates)
      if (incident === named?.incident && atMs <= fault.toMs) claimed.add(claim);
    if (named) {
      claimed.add(named.claim);
      return { fault, incident: named.incident, afterMs: named.atMs - fault.fromMs, isMisnamed: false };
    }
    return { fault, incident: null, afterMs: null, isMisnamed: first !== undefined };
  });
  const alarms = incidents.flatMap((incident) => incident.alarmsAtMs.map((atMs) => ({ incident, atMs })));
  const unexplained = alarms.filter(
    ({ incident, atMs }) => !faults.some((fault) => isNear(fault, atMs) && mayTell(fault, incident)),
  );
  const lookingBack = unexplained.filter(({ incident }) => LOOKING_BACK.has(incident.rootRuleId));
  const heldUp = unexplained.filter(({ incident }) => HELD_UP.test(incident.node));
  const groundless = unexplained.filter((alarm) => !lookingBack.includes(alarm) && !heldUp.includes(alarm));
  return { tellings, groundless, heldUp, lookingBack };
}

function isNear({ fromMs, toMs }: MadeFault, atMs: number): boolean {
  return atMs >= fromMs && atMs <= toMs + TOLD_WITHIN_MS;
}

function mayTell({ id }: MadeFault, { node }: StoredIncident): boolean {
  const { nodes, besides } = faultKind(id);
  return (nodes?.test(node) ?? false) || (besides?.test(node) ?? false);
}

/** What was said meanwhile; what the card says in the end belongs to the last of several faults that it was about. */
function isNamed(fault: MadeFault, { said, title, cause, firedAtMs }: StoredIncident): boolean {
  const { names } = faultKind(fault.id);
  if (names === null) return false;
  const isLast = firedAtMs.every((atMs) => atMs <= fault.toMs + TOLD_WITHIN_MS);
  const words = said.filter(({ atMs }) => isNear(fault, atMs)).map(({ text }) => text);
  return [...words, ...(isLast ? [title, cause ?? ''] : [])].some((text) => names.test(text));
}
