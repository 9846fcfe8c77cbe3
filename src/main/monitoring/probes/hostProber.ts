// Watches one API host between runs: real calls count first, and only when there were none a connection is tried. One failure makes
// it look again at once, so that a fault is certain within seconds and a single lost packet is none.
import type { HostRecord } from '../sensors/hostRecord';
import type { Moment } from '../sensors/reading';
import { type LocalNetwork, ownNetworkFault } from './ownNetwork';
import type { Probe, ProbeResult, ProbeTarget } from './tcpProbe';

/** A call that was answered within this time is as good as a probe. */
export const QUIET_MS = 10_000;
const AGAIN_MS = 1_000;
const DOWN_FIRST_MS = 2_000;
const DOWN_LONGEST_MS = 15_000;
const SURE_AFTER = 3;
/** Two in a row: one lookup without an answer is a lost packet. */
const OURS_AFTER = 2;
/** How often this machine's own network is looked at while nothing is heard from outside. */
const LOCAL_MS = 4_000;

/** What is known by probing. */
export interface HostProbes {
  /** The last connection came about. */
  readonly isReached: boolean;
  /** Connections that failed in a row. */
  readonly failed: number;
  /** Why the last one failed, in one sentence; null after a success. */
  readonly fault: string | null;
  /** What is wrong with our own network; null when nothing is, as far as can be told. */
  readonly ownFault: string | null;
  /** The source is on the loopback, which no network can take away. */
  readonly isOnThisMachine: boolean;
}

export interface HostProberOptions {
  readonly target: ProbeTarget;
  readonly probe: Probe;
  readonly lookAtNetwork: () => LocalNetwork;
  readonly random: () => number;
  /** A probe has ended and changed what is known. */
  readonly onChange: () => void;
}

export class HostProber {
  readonly #options: HostProberOptions;
  readonly #isOnThisMachine: boolean;
  #failed = 0;
  #last: ProbeResult | null = null;
  #ownFault: string | null = null;
  #waitMs = DOWN_FIRST_MS;
  #dueMs: number | null = null;
  #isProbing = false;
  #heardMs: number | null = null;
  /** Monotonic: the last answer or connection, and the last look at this machine's own network. */
  #reachedMs = Number.NEGATIVE_INFINITY;
  #lookedMs = Number.NEGATIVE_INFINITY;

  constructor(options: HostProberOptions) {
    this.#options = options;
    this.#isOnThisMachine = isLoopback(options.target.host);
  }

  known(): HostProbes {
    return {
      isReached: this.#last?.failedAt === null,
      failed: this.#failed,
      fault: this.#last?.failedAt ? sentence(this.#options.target, this.#last) : null,
      ownFault: this.#ownFault,
      isOnThisMachine: this.#isOnThisMachine,
    };
  }

  /** To be called every second, and after a call that went unanswered. Never waits. */
  look(record: HostRecord, { monotonicMs }: Moment): void {
    if (record.lastAnswerMs !== null && record.lastAnswerMs !== this.#heardMs) this.#heard(record.lastAnswerMs);
    if (this.#dueMs === null) this.#dueMs = monotonicMs + QUIET_MS * this.#jitter();
    if (this.#isProbing) return;
    // Snaps to attention at the first call without an answer, and when this machine seems to be cut off.
    const isSuspect = this.#failed === 0 && (record.unanswered !== null || this.#seemsCutOff(monotonicMs));
    if (isSuspect || monotonicMs >= this.#dueMs) void this.#probe(monotonicMs);
  }

  /** After a sleep what was known is old: the next look asks at once. */
  forget(): void {
    this.#failed = 0;
    this.#last = null;
    this.#ownFault = null;
    this.#waitMs = DOWN_FIRST_MS;
    this.#dueMs = Number.NEGATIVE_INFINITY;
  }

  #heard(answerMs: number): void {
    this.#heardMs = answerMs;
    this.forget();
    this.#reachedMs = answerMs;
    this.#dueMs = answerMs + QUIET_MS * this.#jitter();
  }

  async #probe(startedMs: number): Promise<void> {
    const { lookAtNetwork, onChange, probe, target } = this.#options;
    this.#isProbing = true;
    const result = await probe(target);
    this.#isProbing = false;
    // An answer that came meanwhile says more.
    if (this.#heardMs !== null && this.#heardMs > startedMs) return;
    this.#last = result;
    this.#failed = result.failedAt === null ? 0 : this.#failed + 1;
    if (result.failedAt === null) this.#reachedMs = startedMs;
    this.#dueMs = startedMs + this.#nextMs();
    const isOurs = !this.#isOnThisMachine && this.#failed >= OURS_AFTER;
    this.#ownFault = isOurs ? ownNetworkFault(lookAtNetwork(), result, target.host) : null;
    onChange();
  }

  #seemsCutOff(nowMs: number): boolean {
    if (this.#isOnThisMachine || nowMs - Math.max(this.#reachedMs, this.#lookedMs) < LOCAL_MS) return false;
    this.#lookedMs = nowMs;
    const { hasAddress, hasRoute } = this.#options.lookAtNetwork();
    return !hasAddress || hasRoute === false;
  }

  #nextMs(): number {
    if (this.#failed === 0) {
      this.#waitMs = DOWN_FIRST_MS;
      return QUIET_MS * this.#jitter();
    }
    if (this.#failed < SURE_AFTER) return AGAIN_MS;
    const waitMs = this.#waitMs;
    this.#waitMs = Math.min(DOWN_LONGEST_MS, waitMs * 2);
    return waitMs;
  }

  /** Up to a tenth earlier, so that nothing falls into step with it. */
  #jitter(): number {
    return 1 - this.#options.random() / 10;
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host === '::1' || host.startsWith('127.');
}

const UNREACHABLE = 'cannot be reached from here';
const WORDS: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'refuses connections'],
  ['ECONNRESET', 'drops connections'],
  ['ETIMEDOUT', 'takes no connection in time'],
  ['PROBE_TIMEOUT', 'takes no connection within 3 s'],
  ['ENOTFOUND', 'is a name that no name server knows'],
  ['EAI_AGAIN', 'could not be looked up: no name server answered'],
  ['ENETUNREACH', UNREACHABLE],
  ['EHOSTUNREACH', UNREACHABLE],
]);

function sentence({ host, port }: ProbeTarget, { failedAt, code }: ProbeResult): string {
  const what = WORDS.get(code ?? '') ?? `cannot be connected to (${code})`;
  return `${host} ${what} (${failedAt === 'lookup' ? 'its name' : `port ${port}`} was tried without a call).`;
}
