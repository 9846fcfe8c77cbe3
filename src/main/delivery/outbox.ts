// Takes notices, decides per channel whether anybody is told, and keeps what became of each. Nothing waits for a send here.
import { SEVERITIES, type Notice, type Severity } from '../../shared/domain/alerts';
import type { Delivery } from '../../shared/domain/delivery';
import type { Clock } from '../../shared/util/clock';
import type { Channel } from './channel';
import { Lane, LIFETIME_MS, type LaneFigures } from './lane';

/** A restored notice may be over: the first judgement after a start comes before it is sent. */
export const RESTORED_WAIT_MS = 5_000;

/** A channel with what a person has chosen for it. */
export interface OutboxChannel {
  readonly channel: Channel;
  readonly enabled: boolean;
  readonly minSeverity: Severity;
}

export interface OutboxOptions {
  readonly clock: Clock;
  /** What must not leave the program. */
  readonly secrets: () => Iterable<string>;
  /** Keeps the latest version of a delivery. */
  readonly save: (delivery: Delivery) => void;
  /** After every attempt on a channel. */
  readonly onAttempt: (channelId: string, figures: LaneFigures) => void;
}

export class Outbox {
  readonly #options: OutboxOptions;
  readonly #lanes = new Map<string, Lane>();
  #channels: readonly OutboxChannel[] = [];
  #isRestored = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** The channels from now on. What waits for one that was switched off or removed is held back. */
  use(channels: readonly OutboxChannel[]): void {
    for (const [id, lane] of this.#lanes) {
      const next = channels.find(({ channel }) => channel.id === id);
      if (next?.enabled) {
        lane.use(next.channel);
        continue;
      }
      lane.close(next ? SWITCHED_OFF : 'The channel was removed.');
      if (!next) this.#lanes.delete(id);
    }
    for (const { channel } of channels) {
      if (!this.#lanes.has(channel.id)) this.#lanes.set(channel.id, this.#open(channel));
    }
    this.#channels = channels;
  }

  /**
   * Of an earlier start, oldest first; once. Until then nobody knows what was told before. What was offered since is known better, and
   * channels that are gone are left out.
   */
  restore(deliveries: readonly Delivery[]): void {
    const nowMs = this.#options.clock.wallMs();
    this.#isRestored = true;
    const unknown = deliveries.filter(({ channelId, key }) => !this.#lanes.get(channelId)?.has(key));
    const earlier = unknown.map((delivery) => {
      const ageMs = Math.max(0, nowMs - delivery.offeredAtMs);
      const next = revived(delivery, ageMs, nowMs);
      if (next !== delivery) this.#options.save(next);
      return { delivery: next, ageMs, dueInMs: RESTORED_WAIT_MS };
    });
    for (const [id, lane] of this.#lanes) lane.restore(earlier.filter(({ delivery }) => delivery.channelId === id));
  }

  /**
   * Of an earlier start, oldest first; after what is known of deliveries. What no channel has heard of was said in the moment in
   * which the program ended. A channel alone that has not is newer than the notice, and has no use for it.
   */
  restoreNotices(notices: readonly Notice[]): void {
    const nowMs = this.#options.clock.wallMs();
    for (const notice of notices) {
      const ageMs = Math.max(0, nowMs - notice.atMs);
      const isKnown = [...this.#lanes].some(([channelId, lane]) => lane.has(keyOf(notice, channelId)));
      if (!isKnown && ageMs < LIFETIME_MS) this.offer(notice, { ageMs, dueInMs: RESTORED_WAIT_MS });
    }
  }

  /** Offered again under the same id (after a restart, say), a notice is not delivered again. */
  offer(notice: Notice, due: Parameters<Lane['offer']>[1] = { ageMs: 0, dueInMs: 0 }): void {
    const nowMs = this.#options.clock.wallMs();
    for (const chosen of this.#channels) {
      const channelId = chosen.channel.id;
      const lane = this.#lanes.get(channelId);
      const key = keyOf(notice, channelId);
      if (!lane || lane.has(key)) continue;
      const reason = notice.suppressed ?? heldBack(chosen, notice);
      const delivery: Delivery = {
        key,
        channelId,
        noticeId: notice.id,
        incidentId: notice.incidentId,
        kind: notice.kind,
        severity: notice.severity,
        title: notice.title,
        body: notice.body,
        noticeAtMs: notice.atMs,
        offeredAtMs: nowMs,
        state: reason === null ? 'queued' : 'suppressed',
        reason,
        attempts: 0,
        nextAtMs: null,
        digestKey: null,
        observedAtMs: nowMs,
      };
      this.#options.save(delivery);
      lane.offer(delivery, due);
    }
  }

  figures(channelId: string): LaneFigures | null {
    return this.#lanes.get(channelId)?.figures() ?? null;
  }

  /** An attempt beside the queue has ended: a test by a person. */
  noteAttempt(channelId: string, error: string | null): void {
    this.#lanes.get(channelId)?.noteAttempt(error);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#lanes.values()].map((lane) => lane.stop()));
  }

  #open(channel: Channel): Lane {
    const { clock, secrets, save, onAttempt } = this.#options;
    return new Lane({
      clock,
      channel,
      secrets,
      isHistoryKnown: () => this.#isRestored,
      onChange: save,
      onAttempt: (figures) => onAttempt(channel.id, figures),
    });
  }
}

function keyOf({ id }: Notice, channelId: string): string {
  return `${id}|${channelId}`;
}

const SWITCHED_OFF = 'The channel is switched off.';

function heldBack({ enabled, minSeverity }: OutboxChannel, { kind, severity }: Notice): string | null {
  if (!enabled) return SWITCHED_OFF;
  // Of an end hears whoever heard of what went before, however bad it was last.
  if (kind === 'resolved' || SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(minSeverity)) return null;
  return `This channel is for what is ${minSeverity === 'critical' ? 'critical' : `at least a ${minSeverity}`}.`;
}

/** What was under way when the program ended may have arrived: it is sent again under the same key. */
function revived(delivery: Delivery, ageMs: number, nowMs: number): Delivery {
  const { state } = delivery;
  if (state !== 'queued' && state !== 'retry' && state !== 'sending') return delivery;
  const observedAtMs = Math.max(delivery.observedAtMs + 1, nowMs);
  if (ageMs >= LIFETIME_MS) {
    const reason = 'Poolwatch was not running in the hour in which it could be sent.';
    return { ...delivery, state: 'dead', reason, nextAtMs: null, observedAtMs };
  }
  if (state !== 'sending') return delivery;
  return { ...delivery, state: 'retry', reason: 'Poolwatch ended while it was being sent.', observedAtMs };
}
