// A receiver that does as a test says, and an outbox in front of it on a clock that the test moves.
import type { Notice } from '../../../src/shared/domain/alerts';
import type { Delivery, Message, SendOutcome } from '../../../src/shared/domain/delivery';
import { DeliveryError, type RateLimit } from '../../../src/main/delivery/channel';
import { Outbox, type OutboxChannel } from '../../../src/main/delivery/outbox';
import { FakeClock } from '../../support/fakeClock';

type Answer = 'accept' | 'hang' | 'suppress' | DeliveryError;

export class Receiver {
  readonly got: Message[] = [];
  /** Every attempt, also those that failed. */
  readonly tried: Message[] = [];
  answer: Answer = 'accept';
  #letGo: (() => void) | null = null;

  async send(message: Message, signal: AbortSignal): Promise<SendOutcome> {
    this.tried.push(message);
    if (this.answer === 'hang') {
      await new Promise<void>((resolve, reject) => {
        this.#letGo = resolve;
        signal.addEventListener('abort', () => reject(new DeliveryError('broken off')));
      });
    }
    if (this.answer instanceof DeliveryError) throw this.answer;
    if (this.answer === 'suppress') return { kind: 'suppressed', reason: 'The desktop is quiet.' };
    this.got.push(message);
    return { kind: 'sent' };
  }

  letGo(answer: Answer): void {
    this.answer = answer;
    this.#letGo?.();
  }

  titles(): readonly string[] {
    return this.got.map(({ title }) => title);
  }
}

export const ROOMY: RateLimit = { burst: 1_000, everyMs: 1 };

export interface Bench {
  readonly clock: FakeClock;
  readonly outbox: Outbox;
  /** The latest version of everything, oldest first. */
  saved(): readonly Delivery[];
  states(): Readonly<Record<string, string>>;
}

export function asChannel(id: string, receiver: Receiver, limit: RateLimit = ROOMY): OutboxChannel {
  return {
    channel: { id, limit, send: (message, signal) => receiver.send(message, signal) },
    enabled: true,
    minSeverity: 'info',
  };
}

export function benchOf(
  channels: readonly OutboxChannel[],
  clock = new FakeClock(),
  kept: readonly Delivery[] = [],
): Bench {
  const saved = new Map(kept.map((delivery) => [delivery.key, delivery]));
  const outbox = new Outbox({
    clock,
    secrets: () => ['s3cret-token'],
    save: (delivery) => void saved.set(delivery.key, delivery),
    onAttempt: () => undefined,
  });
  outbox.use(channels);
  outbox.restore(kept);
  return {
    clock,
    outbox,
    saved: () => [...saved.values()],
    states: () => Object.fromEntries([...saved.values()].map(({ key, state }) => [key, state])),
  };
}

/** As the alert engine begins its titles. */
const LEADS: Partial<Record<Notice['kind'], string>> = { raised: 'Worse: ', resolved: 'Over: ' };

export function notice(incidentId: string, kind: Notice['kind'], atMs: number, change: Partial<Notice> = {}): Notice {
  return {
    id: `${incidentId}|${kind}|1`,
    incidentId,
    kind,
    severity: 'warning',
    title: `${LEADS[kind] ?? ''}${incidentId} is down`,
    body: 'It does not answer.',
    atMs,
    suppressed: null,
    ...change,
  };
}
