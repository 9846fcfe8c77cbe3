// Which incident holds a fault, which have a member at a node, and where roots are: found at once, however many began to fail. Made
// for one step, in which incidents only gain members; one that was folded meanwhile is still found by what it held.
import type { IncidentMember } from '../../shared/domain/alerts';
import type { IncidentRecord } from './incidentRecord';

export class MemberIndex {
  readonly #nodeOf: (member: IncidentMember) => string | null;
  readonly #byKey = new Map<string, string>();
  readonly #atNode = new Map<string, Set<string>>();
  readonly #rooted = new Map<string, Set<string>>();

  constructor(records: readonly IncidentRecord[], nodeOf: (member: IncidentMember) => string | null) {
    this.#nodeOf = nodeOf;
    for (const record of records) this.add(record);
  }

  add({ incident, node }: IncidentRecord): void {
    this.rooted(incident.id, node);
    for (const member of incident.members) this.joined(incident.id, member);
  }

  joined(id: string, member: IncidentMember): void {
    this.#byKey.set(member.key, id);
    const node = this.#nodeOf(member);
    if (node !== null) note(this.#atNode, node, id);
  }

  /** Its root is there now. */
  rooted(id: string, node: string): void {
    note(this.#rooted, node, id);
  }

  holderOf(key: string): string | null {
    return this.#byKey.get(key) ?? null;
  }

  rootedAt(node: string): readonly string[] {
    return [...(this.#rooted.get(node) ?? [])];
  }

  withMemberAt(node: string): readonly string[] {
    return [...(this.#atNode.get(node) ?? [])];
  }
}

function note(index: Map<string, Set<string>>, node: string, id: string): void {
  const ids = index.get(node);
  if (ids) ids.add(id);
  else index.set(node, new Set([id]));
}
