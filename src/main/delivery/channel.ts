// What a channel is to the outbox: something that takes one message at a time and says what became of it.
import type { Message, SendOutcome } from '../../shared/domain/delivery';

export interface RateLimit {
  readonly burst: number;
  readonly everyMs: number;
}

export interface Channel {
  readonly id: string;
  readonly limit: RateLimit;
  /** Rejects with a DeliveryError. Must end by itself, and at once when `signal` is aborted. */
  send(message: Message, signal: AbortSignal): Promise<SendOutcome>;
}

/** Why a message was not delivered, in a sentence without secrets. */
export class DeliveryError extends Error {
  /** True when another attempt would meet the same answer. */
  readonly final: boolean;
  /** How long the receiver asked to wait. */
  readonly retryAfterMs: number;

  constructor(message: string, { final = false, retryAfterMs = 0 } = {}) {
    super(message);
    this.name = 'DeliveryError';
    this.final = final;
    this.retryAfterMs = retryAfterMs;
  }
}
