// Incidents that ended so lately that they can be looked at here, and those among them that can be opened again.
import type { IncidentRecord } from './incidentRecord';
import type { Moment } from './instance';
import { REOPEN_WINDOW_MS } from './lifecycle';

/** Observed time. */
const KEPT_MS = 60 * 60_000;

export class EndedIncidents {
  readonly #ended = new Map<string, { readonly record: IncidentRecord; readonly observedMs: number }>();

  /** Newest last. */
  all(): readonly IncidentRecord[] {
    return [...this.#ended.values()].map(({ record }) => record);
  }

  get(id: string): IncidentRecord | null {
    return this.#ended.get(id)?.record ?? null;
  }

  add(record: IncidentRecord, observedMs: number): void {
    this.#ended.set(record.incident.id, { record, observedMs });
  }

  /** As it was stored; false when it has not ended. */
  restore(record: IncidentRecord, now: Moment): boolean {
    const { state, resolvedAtMs } = record.incident;
    const agoMs = Math.max(0, now.wallMs - (resolvedAtMs ?? now.wallMs));
    if (state === 'resolved') this.add(record, now.observedMs - agoMs);
    return state === 'resolved';
  }

  /** False when it is none of these. */
  replace(record: IncidentRecord): boolean {
    const ended = this.#ended.get(record.incident.id);
    if (ended) this.add(record, ended.observedMs);
    return ended !== undefined;
  }

  /** The one that had this fault for its root, and is none of these from now on; null when it ended too long ago. */
  takeRootedIn(key: string, now: Moment): IncidentRecord | null {
    for (const [id, { record, observedMs }] of this.#ended) {
      const isLate = now.observedMs - observedMs > REOPEN_WINDOW_MS;
      const isRoot = record.incident.members.some((member) => member.key === key && !member.explained);
      if (isLate || record.foldedInto !== null || !isRoot) continue;
      this.#ended.delete(id);
      return record;
    }
    return null;
  }

  forgetOld(now: Moment): void {
    for (const [id, { observedMs }] of this.#ended) {
      if (now.observedMs - observedMs > KEPT_MS) this.#ended.delete(id);
    }
  }
}
