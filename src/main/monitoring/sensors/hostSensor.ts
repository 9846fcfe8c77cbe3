// Reads one API host, and the way to it. Pure. The host counts as out of reach when its breaker is open, or, between calls, when
// connections to it fail three times in a row. A fault of our own network is told as that, beside it.
import type { ApiHostSlice } from '../../../shared/contract/snapshot';
import type { Reading } from '../../../shared/domain/metrics';
import type { HostProbes } from '../probes/hostProber';
import { ENOUGH_CALLS, type HostRecord } from './hostRecord';
import { readingsOf, told, type Moment, type Told } from './reading';

export const OWN_NETWORK = { kind: 'network', id: 'own' } as const;
/** Connections that fail in a row before a host counts as down that nobody calls just now. */
export const PROBES_DOWN = 3;

export function hostReadings(
  slice: ApiHostSlice,
  record: HostRecord,
  probes: HostProbes,
  moment: Moment,
): readonly Reading[] {
  const latency = record.latency(moment);
  const isEnough = latency.count >= ENOUGH_CALLS;
  const isHeldBack = slice.waiting > 0 && slice.throttledUntilMs !== null && slice.throttledUntilMs > moment.wallMs;
  const throttledMs = record.throttledForMs(moment, isHeldBack);
  return [
    ...readingsOf({ kind: 'host', id: slice.host }, moment, {
      'host.breakerOpen': reach(slice, record, probes),
      'host.failedProbes': told(probes.failed, probes.fault),
      'host.throttledFor': told(
        isHeard(record, probes) ? throttledMs : null,
        throttledMs > 0 ? `${slice.host} asks for fewer calls; ${slice.callsPerMinute} a minute are made now.` : null,
      ),
      'host.quotaUsed': slice.callsInWindow / Math.max(1, slice.callsPerMinute),
      'host.errorRate': record.failedShare(moment),
      'host.latencyP95': isEnough ? latency.p95Ms : null,
    }),
    ...readingsOf(OWN_NETWORK, moment, { 'network.unreachable': network(record, probes) }),
  ];
}

/** Whether it is in trouble, or may be. */
export function isHostRestless(slice: ApiHostSlice, record: HostRecord, probes: HostProbes): boolean {
  return isOutOfReach(slice, probes) || probes.failed > 0 || record.unanswered !== null;
}

export function isOutOfReach(slice: ApiHostSlice, probes: HostProbes): boolean {
  return slice.breaker.state !== 'closed' || probes.failed >= PROBES_DOWN || probes.ownFault !== null;
}

function reach({ breaker }: ApiHostSlice, record: HostRecord, probes: HostProbes): Told {
  if (breaker.state !== 'closed') return told(1, record.fault);
  if (probes.failed >= PROBES_DOWN) return told(1, probes.fault);
  return told(isHeard(record, probes) ? 0 : null, null);
}

/** Before the first answer nobody knows, and what was down in the session before is not up again for that. */
function isHeard({ lastAnswerMs }: HostRecord, { isReached }: HostProbes): boolean {
  return lastAnswerMs !== null || isReached;
}

function network(record: HostRecord, probes: HostProbes): Told {
  if (probes.isOnThisMachine) return told(null, 'The source is on this machine; the network is not needed.');
  if (probes.ownFault !== null) return told(1, probes.ownFault);
  return told(isHeard(record, probes) ? 0 : null, null);
}
