// The deliveries of one channel: one at a time, in order within an incident, at the channel's pace, tried again after failures.
// It decides about sending only; who is to be told at all is the outbox's business.
import type { Severity } from '../../shared/domain/alerts';
import type { Delivery, DeliveryState, SendOutcome } from '../../shared/domain/delivery';
import type { Clock, TimerHandle } from '../../shared/util/clock';
import { type Channel, DeliveryError } from './channel';
import { judgeEnd } from './endOfIncident';
import { digestText, toMessage, worstSeverity } from './message';
import { redact } from './redact';
import { TokenBucket } from './tokenBucket';

const SECOND_MS = 1_000;
/** After the first failure, the second, and so on; the last one from then on. */
export const BACKOFF_MS = [1, 2, 5, 15, 60, 120, 300].map((seconds) => seconds * SECOND_MS);
export const LIFETIME_MS = 60 * 60 * SECOND_MS;

/** What waits or is under way; everything else is settled for good. */
const UNSETTLED: ReadonlySet<DeliveryState> = new Set(['queued', 'sending', 'retry']);

interface Entry {
  delivery: Delivery;
  readonly offeredMs: number;
  dueMs: number;
  /** There was no room for it at its time. */
  crowdedOut: boolean;
}

/** How old a delivery is, and in how long it may be sent. */
interface Due {
  readonly ageMs: number;
  readonly dueInMs: number;
}

export interface LaneFigures {
  /** In a row. */
  readonly failures: number;
  readonly lastError: string | null;
  readonly lastSentAtMs: number | null;
  readonly waiting: number;
}

export interface LaneOptions {
  readonly clock: Clock;
  readonly channel: Channel;
  /** What must not leave the program. */
  readonly secrets: () => Iterable<string>;
  /** False while what an earlier start has sent could not be read. */
  readonly isHistoryKnown: () => boolean;
  readonly onChange: (delivery: Delivery) => void;
  /** After every attempt that succeeded or failed. */
  readonly onAttempt: (figures: LaneFigures) => void;
}

export class Lane {
  readonly #options: LaneOptions;
  /** In the order in which they were offered. Times are monotonic. */
  readonly #entries = new Map<string, Entry>();
  readonly #buckets: Readonly<Record<'critical' | 'other', TokenBucket>>;
  #channel: Channel;
  #sending: AbortController | null = null;
  #attempt: Promise<void> = Promise.resolve();
  #timer: TimerHandle | null = null;
  #closedBecause: string | null = null;
  #stopped = false;
  /** Monotonic: until then the receiver wants to hear nothing. */
  #notBeforeMs = 0;
  #digests = 0;
  #failures = 0;
  #lastError: string | null = null;
  #lastSentAtMs: number | null = null;

  constructor(options: LaneOptions) {
    this.#options = options;
    this.#channel = options.channel;
    const { limit } = options.channel;
    const nowMs = options.clock.monotonicMs();
    this.#buckets = { critical: new TokenBucket(limit, nowMs), other: new TokenBucket(limit, nowMs) };
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  /** Takes over a delivery that is queued, or held back and only remembered; it is saved already. */
  offer(delivery: Delivery, due: Due): void {
    this.#forgetEnded(this.#options.clock.monotonicMs());
    this.#entries.set(delivery.key, this.#entryOf(delivery, due));
    if (delivery.kind === 'resolved' && delivery.incidentId !== null) this.#judgeEnds([delivery.incidentId]);
    this.#pump();
  }

  /** Those of an earlier start, oldest first. They come before whatever was offered since. */
  restore(earlier: readonly (Due & { readonly delivery: Delivery })[]): void {
    const since = [...this.#entries.values()];
    this.#entries.clear();
    for (const { delivery, ...due } of earlier) this.#entries.set(delivery.key, this.#entryOf(delivery, due));
    for (const entry of since) this.#entries.set(entry.delivery.key, entry);
    this.#forgetEnded(this.#options.clock.monotonicMs());
    this.#judgeEnds([...new Set(earlier.flatMap(({ delivery }) => delivery.incidentId ?? []))]);
    this.#pump();
  }

  /** The channel at a new address. What waits is tried there at once. */
  use(channel: Channel): void {
    this.#channel = channel;
    this.#closedBecause = null;
    this.#notBeforeMs = 0;
    for (const entry of this.#waiting()) entry.dueMs = this.#options.clock.monotonicMs();
    this.#pump();
  }

  /** Nothing more is sent here; what waits is held back for this reason. */
  close(reason: string): void {
    this.#closedBecause = reason;
    this.#sending?.abort();
    for (const entry of this.#waiting()) this.#change(entry, { state: 'suppressed', reason, nextAtMs: null });
  }

  figures(): LaneFigures {
    return {
      failures: this.#failures,
      lastError: this.#lastError,
      lastSentAtMs: this.#lastSentAtMs,
      waiting: [...this.#entries.values()].filter(({ delivery }) => UNSETTLED.has(delivery.state)).length,
    };
  }

  /** An attempt has ended, also one beside the queue: a test. */
  noteAttempt(error: string | null): void {
    this.#failures = error === null ? 0 : this.#failures + 1;
    this.#lastError = error;
    if (error === null) this.#lastSentAtMs = this.#options.clock.wallMs();
    this.#options.onAttempt(this.figures());
  }

  /** What is under way is broken off, to be tried again at the next start. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.cancel();
    this.#sending?.abort();
    await this.#attempt;
  }

  #entryOf(delivery: Delivery, { ageMs, dueInMs }: Due): Entry {
    const nowMs = this.#options.clock.monotonicMs();
    return { delivery, offeredMs: nowMs - ageMs, dueMs: nowMs + dueInMs, crowdedOut: false };
  }

  #pump(): void {
    this.#timer?.cancel();
    this.#timer = null;
    if (this.#stopped || this.#sending) return;
    const nowMs = this.#options.clock.monotonicMs();
    this.#giveUpOld(nowMs);
    const next = nowMs < this.#notBeforeMs ? null : this.#choose(nowMs);
    if (next) this.#attempt = this.#send(next);
    else this.#wakeLater(nowMs);
  }

  #giveUpOld(nowMs: number): void {
    for (const entry of this.#waiting()) {
      if (nowMs - entry.offeredMs < LIFETIME_MS) continue;
      const { reason } = entry.delivery;
      const because = reason === null ? '' : ` ${reason}`;
      this.#change(entry, { state: 'dead', reason: `Not delivered within an hour.${because}`, nextAtMs: null });
    }
  }

  /** The oldest that is due, in order, and has room; or one summary of all that had none. */
  #choose(nowMs: number): Entry | null {
    for (const kind of ['critical', 'other'] as const) {
      const ready = this.#waiting().filter(
        (entry) => bucketOf(entry.delivery.severity) === kind && entry.dueMs <= nowMs && !this.#isBlocked(entry),
      );
      const [first] = ready;
      if (!first) continue;
      if (this.#buckets[kind].waitMs(nowMs) > 0) {
        for (const entry of ready) entry.crowdedOut = true;
        continue;
      }
      this.#buckets[kind].take(nowMs);
      const folded = ready.filter(({ delivery }) => delivery.kind !== 'digest');
      const mustFold = folded.length > 1 && folded[0] === first && folded.some(({ crowdedOut }) => crowdedOut);
      return mustFold ? this.#fold(folded, nowMs) : first;
    }
    return null;
  }

  /** True while something earlier of the same incident is not settled. */
  #isBlocked({ delivery }: Entry): boolean {
    if (delivery.incidentId === null) return false;
    for (const earlier of this.#entries.values()) {
      if (earlier.delivery.key === delivery.key) return false;
      if (earlier.delivery.incidentId === delivery.incidentId && UNSETTLED.has(this.#standing(earlier))) return true;
    }
    return false;
  }

  /** Its own state, or that of the summary it is a part of. */
  #standing({ delivery }: Entry): DeliveryState {
    if (delivery.state !== 'digested' || delivery.digestKey === null) return delivery.state;
    return this.#entries.get(delivery.digestKey)?.delivery.state ?? 'sent';
  }

  #fold(members: readonly Entry[], nowMs: number): Entry {
    const wallMs = this.#options.clock.wallMs();
    this.#digests += 1;
    const noticeId = `digest|${wallMs}|${this.#digests}`;
    const deliveries = members.map(({ delivery }) => delivery);
    const digest: Entry = {
      delivery: {
        key: `${noticeId}|${this.#channel.id}`,
        channelId: this.#channel.id,
        noticeId,
        incidentId: null,
        kind: 'digest',
        severity: worstSeverity(deliveries.map(({ severity }) => severity)),
        ...digestText(deliveries),
        noticeAtMs: Math.min(...deliveries.map(({ noticeAtMs }) => noticeAtMs)),
        offeredAtMs: wallMs,
        state: 'queued',
        reason: 'More notices came at once than this channel takes.',
        attempts: 0,
        nextAtMs: null,
        digestKey: null,
        observedAtMs: wallMs,
      },
      offeredMs: nowMs,
      dueMs: nowMs,
      crowdedOut: false,
    };
    this.#entries.set(digest.delivery.key, digest);
    this.#options.onChange(digest.delivery);
    const reason = `Told in a summary of ${members.length} notices.`;
    for (const entry of members)
      this.#change(entry, { state: 'digested', reason, nextAtMs: null, digestKey: digest.delivery.key });
    return digest;
  }

  async #send(entry: Entry): Promise<void> {
    const sending = new AbortController();
    this.#sending = sending;
    this.#change(entry, { state: 'sending', attempts: entry.delivery.attempts + 1, nextAtMs: null });
    try {
      const message = toMessage(entry.delivery, this.#options.secrets());
      this.#settle(entry, await this.#channel.send(message, sending.signal));
    } catch (error) {
      this.#fail(entry, error);
    }
    this.#sending = null;
    this.#judgeEnds(this.#incidentsOf(entry));
    this.#pump();
  }

  #settle(entry: Entry, outcome: SendOutcome): void {
    if (outcome.kind === 'suppressed') {
      this.#change(entry, { state: 'suppressed', reason: outcome.reason });
      return;
    }
    this.#change(entry, { state: 'sent', reason: null });
    this.noteAttempt(null);
  }

  #fail(entry: Entry, error: unknown): void {
    if (this.#stopped) {
      this.#change(entry, { state: 'retry', reason: 'Poolwatch was stopped while it was being sent.' });
      return;
    }
    if (this.#closedBecause !== null) {
      this.#change(entry, { state: 'suppressed', reason: this.#closedBecause });
      return;
    }
    const said = error instanceof Error ? error.message : String(error);
    const reason = redact(said, this.#options.secrets());
    const { final, retryAfterMs } = error instanceof DeliveryError ? error : new DeliveryError(said);
    // Nothing here lives longer than that, however long the receiver asks to wait.
    const askedMs = Math.min(retryAfterMs, LIFETIME_MS);
    if (askedMs > 0) this.#notBeforeMs = this.#options.clock.monotonicMs() + askedMs;
    if (final) {
      this.#change(entry, { state: 'dead', reason });
    } else {
      const usualMs = BACKOFF_MS[Math.min(entry.delivery.attempts, BACKOFF_MS.length) - 1] ?? 0;
      const waitMs = Math.max(usualMs, retryAfterMs);
      entry.dueMs = this.#options.clock.monotonicMs() + waitMs;
      this.#change(entry, { state: 'retry', reason, nextAtMs: this.#options.clock.wallMs() + waitMs });
    }
    this.noteAttempt(reason);
  }

  /** Where an incident has ended meanwhile, decides whether anybody still hears of its start, and of its end. */
  #judgeEnds(incidentIds: readonly string[]): void {
    for (const incidentId of incidentIds) {
      const entries = [...this.#entries.values()].filter(({ delivery }) => delivery.incidentId === incidentId);
      const end = entries.findLastIndex(({ delivery }) => delivery.kind === 'resolved');
      const ended = entries[end];
      if (!ended) continue;
      const start = entries.slice(0, end).findLastIndex(({ delivery }) => delivery.kind === 'resolved') + 1;
      const earlier = entries.slice(start, end);
      const isWaiting = ended.delivery.state === 'queued' || ended.delivery.state === 'retry';
      if (isWaiting || ended.delivery.state === 'suppressed') this.#applyEnd(ended, earlier, isWaiting);
    }
  }

  #applyEnd(ended: Entry, earlier: readonly Entry[], isWaiting: boolean): void {
    const standing = earlier.map((entry) => {
      const state = this.#standing(entry);
      const waitsInDigest = entry.delivery.state === 'digested' && (state === 'queued' || state === 'retry');
      return { ...entry.delivery, state: waitsInDigest ? ('digested' as const) : state };
    });
    const verdict = judgeEnd(standing, ended.delivery.noticeAtMs, this.#options.isHistoryKnown());
    if (verdict.kind === 'wait') return;
    const told = verdict.kind === 'superseded' ? verdict.reason : 'It was over before it could be sent.';
    for (const entry of earlier) {
      const { state } = entry.delivery;
      if (state === 'queued' || state === 'retry')
        this.#change(entry, { state: 'superseded', reason: told, nextAtMs: null });
    }
    if (!isWaiting || verdict.kind === 'tell') return;
    if (verdict.kind === 'tell_late') {
      // Judged again after each attempt, said once.
      if (!ended.delivery.body.includes(verdict.note))
        this.#change(ended, { body: [ended.delivery.body, verdict.note].filter((part) => part !== '').join(' ') });
      return;
    }
    this.#change(ended, { state: verdict.kind, reason: verdict.reason, nextAtMs: null });
  }

  #incidentsOf({ delivery }: Entry): readonly string[] {
    if (delivery.incidentId !== null) return [delivery.incidentId];
    const members = [...this.#entries.values()].filter((entry) => entry.delivery.digestKey === delivery.key);
    return [...new Set(members.flatMap((entry) => entry.delivery.incidentId ?? []))];
  }

  #wakeLater(nowMs: number): void {
    const times = this.#waiting().map((entry) => {
      const endMs = entry.offeredMs + LIFETIME_MS;
      if (this.#isBlocked(entry)) return endMs;
      const roomMs = nowMs + this.#buckets[bucketOf(entry.delivery.severity)].waitMs(nowMs);
      return Math.min(endMs, Math.max(entry.dueMs, roomMs, this.#notBeforeMs));
    });
    if (times.length === 0) return;
    this.#timer = this.#options.clock.after(Math.max(0, Math.min(...times) - nowMs), () => this.#pump());
  }

  #waiting(): readonly Entry[] {
    return [...this.#entries.values()].filter(({ delivery: { state } }) => state === 'queued' || state === 'retry');
  }

  #change(entry: Entry, change: Partial<Delivery>): void {
    const observedAtMs = Math.max(entry.delivery.observedAtMs + 1, this.#options.clock.wallMs());
    entry.delivery = { ...entry.delivery, ...change, observedAtMs };
    this.#options.onChange(entry.delivery);
  }

  /** What is long over needs no memory: neither offered again nor waited for. */
  #forgetEnded(nowMs: number): void {
    const open = new Set<string | null>();
    for (const { delivery, offeredMs } of this.#entries.values()) {
      const isOver = delivery.kind === 'resolved' && !UNSETTLED.has(delivery.state);
      if (isOver && nowMs - offeredMs > LIFETIME_MS) open.delete(delivery.incidentId);
      else if (delivery.incidentId !== null) open.add(delivery.incidentId);
    }
    for (const [key, entry] of this.#entries) {
      const { incidentId, state } = entry.delivery;
      const isOld = nowMs - entry.offeredMs > LIFETIME_MS;
      if (isOld && !UNSETTLED.has(state) && !open.has(incidentId)) this.#entries.delete(key);
    }
  }
}

/** What is critical never waits behind what is not. */
function bucketOf(severity: Severity): 'critical' | 'other' {
  return severity === 'critical' ? 'critical' : 'other';
}
