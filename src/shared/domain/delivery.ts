// What became of a notice on each channel: the record behind "why was I (not) told". Shapes only; the rules are in
// src/main/delivery.
import type { NoticeKind, Severity } from './alerts';

export const REMOTE_CHANNEL_KINDS = ['webhook', 'slack', 'ntfy'] as const;
export type RemoteChannelKind = (typeof REMOTE_CHANNEL_KINDS)[number];
export type ChannelKind = 'desktop' | RemoteChannelKind;

/** The id of the one channel that is always there. The inbox in the window is none: it shows every notice. */
export const DESKTOP_CHANNEL = 'desktop';

export const DELIVERY_STATES = [
  'queued',
  'sending',
  'sent',
  'retry',
  'dead',
  'superseded',
  'suppressed',
  'digested',
] as const;
/**
 * `retry`: failed, will be tried again. `dead`: given up. `superseded`: what it says was over or told otherwise before it could be
 * sent. `suppressed`: held back, by a rule or by the desktop. `digested`: told as a part of a summary.
 */
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export type DeliveryKind = NoticeKind | 'digest';

/** One notice on one channel. */
export interface Delivery {
  /** `<notice id>|<channel id>`: offered twice, it is delivered once. */
  readonly key: string;
  readonly channelId: string;
  readonly noticeId: string;
  /** Null for a digest, which speaks of several. */
  readonly incidentId: string | null;
  readonly kind: DeliveryKind;
  readonly severity: Severity;
  readonly title: string;
  readonly body: string;
  /** When what it tells of happened. Wall time, like all that follow. */
  readonly noticeAtMs: number;
  readonly offeredAtMs: number;
  readonly state: DeliveryState;
  /** Why it is in this state, in plain words; null where the state says all. */
  readonly reason: string | null;
  readonly attempts: number;
  /** Null unless it waits for another attempt. */
  readonly nextAtMs: number | null;
  /** The digest that tells of it, by key. */
  readonly digestKey: string | null;
  /** When the state was last seen to change; grows with every change, also when the wall clock is set back. */
  readonly observedAtMs: number;
}

/** A notice in its last form: redacted, and worded for people. */
export interface Message {
  /** The same for every attempt at one delivery: receivers may see a message twice, and can tell. */
  readonly idempotencyKey: string;
  readonly incidentId: string | null;
  readonly kind: DeliveryKind;
  readonly severity: Severity;
  /** One line: "Critical: market.db is locked by python3 (process 4711)". */
  readonly title: string;
  readonly body: string;
  readonly atMs: number;
}

/** `suppressed`: the channel works, but shows nothing now. Not a failure. */
export type SendOutcome = { readonly kind: 'sent' } | { readonly kind: 'suppressed'; readonly reason: string };

/** What is kept of a channel outside the keychain: never its address, which is often a secret by itself. */
export interface RemoteChannel {
  readonly id: string;
  readonly kind: RemoteChannelKind;
  readonly title: string;
  readonly enabled: boolean;
  /** Notices below it are not sent here. */
  readonly minSeverity: Severity;
  /** The host of its address, for people. */
  readonly host: string;
}

export interface NotificationSettings {
  readonly desktop: { readonly enabled: boolean; readonly minSeverity: Severity };
  readonly channels: readonly RemoteChannel[];
}
