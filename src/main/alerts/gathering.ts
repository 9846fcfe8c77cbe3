// What makes one incident of many: collectors that begin to fail at about the same time, and those that one host sends what is no
// data. Decides only who belongs together.
import type { IncidentRecord, JudgedFault } from './incidentRecord';
import type { Moment } from './instance';
import { type AlertFacts, spoiltBy, STORM_WINDOW_MS, type Suspect } from './rootCause';

/** Collectors that have begun to fail lately, each time that one did. */
export class Arrivals {
  #arrivals: readonly { readonly collectorId: string; readonly observedMs: number }[] = [];

  add(collectorId: string, now: Moment): void {
    this.#arrivals = [...this.#within(now), { collectorId, observedMs: now.observedMs }];
  }

  clear(): void {
    this.#arrivals = [];
  }

  /** So lately that one cause for all of them may still show. */
  recent(now: Moment): ReadonlySet<string> {
    return new Set(this.#within(now).map(({ collectorId }) => collectorId));
  }

  #within(now: Moment) {
    return this.#arrivals.filter(({ observedMs }) => now.observedMs - observedMs <= STORM_WINDOW_MS);
  }
}

/** Hosts of which collectors cannot read what they send, each with those collectors. */
export function spoiltHosts(
  open: readonly IncidentRecord[],
  faults: ReadonlyMap<string, JudgedFault>,
  facts: AlertFacts,
): readonly (Suspect & { readonly struck: ReadonlySet<string> })[] {
  const spoilt = new Map<string, Suspect & { readonly struck: Set<string> }>();
  for (const { incident, storm } of open) {
    const isFault = incident.members.some(
      ({ key, state }) => state === 'firing' && faults.get(key)?.rule.metric === 'collector.lastRunFault',
    );
    const host = isFault && !storm && incident.root.kind === 'collector' ? spoiltBy(incident.root.id, facts) : null;
    if (!host) continue;
    const found = spoilt.get(host.node) ?? { ...host, struck: new Set<string>() };
    found.struck.add(incident.root.id);
    spoilt.set(host.node, found);
  }
  return [...spoilt.values()];
}
