// What the window and the command line ask and order about deliveries and channels.
import type { Severity } from '../domain/alerts';
import type { ChannelKind, RemoteChannelKind } from '../domain/delivery';

export interface DeliveryListArgs {
  /** Null for those of every incident. */
  readonly incidentId: string | null;
  readonly limit: number;
}

export interface ChannelStatus {
  readonly id: string;
  readonly kind: ChannelKind;
  readonly title: string;
  readonly enabled: boolean;
  readonly minSeverity: Severity;
  /** Null for the desktop. */
  readonly host: string | null;
  /** Failed deliveries since the last that succeeded. */
  readonly failures: number;
  /** What the last failure was; null when the last delivery succeeded. */
  readonly lastError: string | null;
  readonly lastSentAtMs: number | null;
  readonly waiting: number;
}

export interface ChannelAddress {
  readonly url: string;
  /** Sent as a bearer token; null for none. */
  readonly token: string | null;
}

export type SaveChannelArgs =
  | { readonly kind: 'desktop'; readonly enabled: boolean; readonly minSeverity: Severity }
  | {
      readonly kind: RemoteChannelKind;
      /** Null adds a channel. */
      readonly id: string | null;
      readonly title: string;
      readonly enabled: boolean;
      readonly minSeverity: Severity;
      /** Null keeps the one that is stored. Goes into the keychain where there is one, else only into memory. */
      readonly address: ChannelAddress | null;
    };
