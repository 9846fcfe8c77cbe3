// The channels a person has set up: what is kept of them in the settings, their addresses in the keychain, and what is made of both.
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { fail, ok, type Result } from '../../shared/contract/envelope';
import type { ChannelAddress, ChannelStatus, SaveChannelArgs } from '../../shared/contract/delivery';
import {
  DESKTOP_CHANNEL,
  type Message,
  type NotificationSettings,
  type RemoteChannel,
} from '../../shared/domain/delivery';
import type { Clock } from '../../shared/util/clock';
import { type Channel, DeliveryError } from './channel';
import { desktopChannel, type ShowNotice } from './channels/desktopChannel';
import { type Poster, remoteChannel } from './channels/remoteChannel';
import { addressProblem } from './channels/requests';
import { idempotencyKey } from './message';
import type { Outbox, OutboxChannel } from './outbox';
import { redact } from './redact';

export const MAX_CHANNELS = 20;

/** The part of a keychain that is needed here. */
export interface AddressStore {
  isPersistent(): boolean;
  get(name: string): Promise<string | null>;
  set(name: string, value: string | null): Promise<void>;
}

export interface ChannelBookOptions {
  readonly clock: Clock;
  readonly outbox: Outbox;
  readonly poster: Poster;
  readonly showNotice: ShowNotice;
  readonly secrets: AddressStore;
  readonly settings: () => NotificationSettings;
  /** Throws when they cannot be kept; nothing has changed then. */
  readonly saveSettings: (settings: NotificationSettings) => void;
}

/** Of the arguments of `save`. */
const ADDRESS_FIELD = 'address.url';
const addressSchema = z.object({ url: z.string(), token: z.string().nullable() });
const testLimit = (): AbortSignal => AbortSignal.timeout(60_000);

export class ChannelBook {
  readonly #options: ChannelBookOptions;
  /** Addresses and tokens that were met, to keep them out of texts. */
  readonly #known = new Set<string>();

  constructor(options: ChannelBookOptions) {
    this.#options = options;
  }

  /** Reads every address once, so that none can appear in a text, and opens the channels. Never rejects: one that cannot be read
   * now is asked for again with each attempt, and collecting must not wait for it. */
  async open(): Promise<void> {
    for (const { id } of this.#options.settings().channels) await this.#address(id).catch(() => null);
    this.#use();
  }

  secrets(): Iterable<string> {
    return this.#known;
  }

  list(): readonly ChannelStatus[] {
    const { desktop, channels } = this.#options.settings();
    return [
      { id: DESKTOP_CHANNEL, kind: 'desktop' as const, title: 'This desktop', host: null, ...desktop },
      ...channels,
    ].map((channel) => ({ ...channel, ...(this.#options.outbox.figures(channel.id) ?? NO_FIGURES) }));
  }

  titleOf(id: string): string | null {
    return this.list().find((channel) => channel.id === id)?.title ?? null;
  }

  /** Answers with the id, and with where the address is kept. */
  async save(
    args: SaveChannelArgs,
  ): Promise<Result<{ readonly id: string; readonly addressKept: 'keychain' | 'memory' | 'none' }>> {
    const settings = this.#options.settings();
    if (args.kind === 'desktop') {
      const { enabled, minSeverity } = args;
      this.#keep({ ...settings, desktop: { enabled, minSeverity } });
      return ok({ id: DESKTOP_CHANNEL, addressKept: 'none' });
    }
    const { kind, title, enabled, minSeverity, address } = args;
    const present = settings.channels.find(({ id }) => id === args.id);
    if (args.id !== null && !present) return fail('not_found', 'There is no such channel any more.');
    if (present && present.kind !== kind) return fail('conflict', 'A channel stays of its kind; add another one.');
    if (!present && settings.channels.length >= MAX_CHANNELS)
      return fail('too_large', `There can be ${MAX_CHANNELS} channels.`);
    if (!present && address === null) return fail('bad_request', 'A new channel needs an address.', ADDRESS_FIELD);
    const problem = address && addressProblem(kind, address.url);
    if (problem) return fail('bad_request', problem, ADDRESS_FIELD);

    const id = present?.id ?? `${kind}-${randomBytes(4).toString('hex')}`;
    const host = address ? new URL(address.url).host : (present?.host ?? '');
    const entry: RemoteChannel = { id, kind, title, enabled, minSeverity, host };
    if (address) await this.#options.secrets.set(secretName(id), JSON.stringify(address));
    if (address) this.#note(address);
    this.#keep({
      ...settings,
      channels: present
        ? settings.channels.map((channel) => (channel.id === id ? entry : channel))
        : [...settings.channels, entry],
    });
    return ok({ id, addressKept: this.#options.secrets.isPersistent() ? 'keychain' : 'memory' });
  }

  async remove(id: string): Promise<Result<null>> {
    const settings = this.#options.settings();
    const others = settings.channels.filter((channel) => channel.id !== id);
    if (others.length === settings.channels.length) return fail('not_found', 'There is no such channel any more.');
    this.#keep({ ...settings, channels: others });
    await this.#options.secrets.set(secretName(id), null);
    return ok(null);
  }

  /** Sends a message that says it is a test, beside the queue. The answer is what became of it. */
  async test(id: string): Promise<Result<null>> {
    const channel = this.#channels().find((each) => each.channel.id === id)?.channel;
    if (!channel) return fail('not_found', 'There is no such channel any more.');
    try {
      const outcome = await channel.send(this.#testMessage(), testLimit());
      if (outcome.kind === 'suppressed') return fail('unavailable', outcome.reason);
      this.#options.outbox.noteAttempt(id, null);
      return ok(null);
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      const said = redact(error.message, this.#known);
      this.#options.outbox.noteAttempt(id, said);
      return fail('unavailable', said);
    }
  }

  #testMessage(): Message {
    const atMs = this.#options.clock.wallMs();
    return {
      idempotencyKey: idempotencyKey(`test|${atMs}`),
      incidentId: null,
      kind: 'fired',
      severity: 'info',
      title: 'Test: Poolwatch can reach you here',
      body: 'Nothing is wrong. A real notice says what happened, since when and what it means.',
      atMs,
    };
  }

  #keep(settings: NotificationSettings): void {
    this.#options.saveSettings(settings);
    this.#use();
  }

  #use(): void {
    this.#options.outbox.use(this.#channels());
  }

  #channels(): readonly OutboxChannel[] {
    const { desktop, channels } = this.#options.settings();
    return [
      { channel: desktopChannel(this.#options.showNotice), ...desktop },
      ...channels.map((channel) => ({
        channel: this.#remote(channel),
        enabled: channel.enabled,
        minSeverity: channel.minSeverity,
      })),
    ];
  }

  #remote(channel: RemoteChannel): Channel {
    return remoteChannel(channel, () => this.#address(channel.id), this.#options.poster);
  }

  async #address(id: string): Promise<ChannelAddress | null> {
    const text = await this.#options.secrets.get(secretName(id));
    const address = text === null ? null : readAddress(text);
    if (address) this.#note(address);
    return address;
  }

  #note({ url, token }: ChannelAddress): void {
    this.#known.add(url);
    if (token !== null) this.#known.add(token);
  }
}

const NO_FIGURES = { failures: 0, lastError: null, lastSentAtMs: null, waiting: 0 } as const;

/** Null for what is damaged: the person has to enter it again. */
function readAddress(text: string): ChannelAddress | null {
  try {
    return addressSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function secretName(channelId: string): string {
  return `channel:${channelId}`;
}
