// The user's choices. The shape is validated in src/main/settings; this file only names it.
import type { BarKind } from './bars';
import type { CollectorId } from './collector';
import type { NotificationSettings } from './delivery';
import type { Timeframe, TrendingWindow } from './market';

export const SOURCE_MODES = ['demo', 'live'] as const;
/** `demo` is the built-in market on this machine; `live` is GeckoTerminal. Their data never mixes. */
export type SourceMode = (typeof SOURCE_MODES)[number];

export const KEY_PLANS = ['none', 'demo', 'pro'] as const;
/** Which CoinGecko plan the API key belongs to; `none` is the keyless public API. */
export type KeyPlan = (typeof KEY_PLANS)[number];

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** Those that every text of the window is written in. */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

export const LANGUAGE_CHOICES = ['system', ...LANGUAGES] as const;
/** `system` takes the language of the system where there are texts in it, else English. */
export type LanguageChoice = (typeof LANGUAGE_CHOICES)[number];

export const MOTIONS = ['system', 'reduced'] as const;
/** `reduced` shows no transitions, also where the system asks for none of that. */
export type Motion = (typeof MOTIONS)[number];

export interface WatchedNetwork {
  readonly id: string;
  /** Ids of the DEXes whose top pools are collected. */
  readonly dexIds: readonly string[];
}

export interface CollectorSettings {
  readonly intervalMs: number;
  /** False keeps the interval whatever happens; true unless told. */
  readonly adaptive?: boolean | undefined;
  /** Bounds of the adaptive interval; half and four times the interval unless told. */
  readonly minIntervalMs?: number | undefined;
  readonly maxIntervalMs?: number | undefined;
  /** What follows slots that nobody was there to start: one run at once (unless told), or none before the next slot. */
  readonly catchUp?: 'one' | 'none' | undefined;
}

/** How many days rows are kept; null: for ever. */
export interface RetentionSettings {
  /** Samples of the storage layer, one every few seconds. */
  readonly samplesDays: number | null;
  /** Slots, runs and events of collectors; transitions of alerts, timelines of incidents and notices. */
  readonly runsDays: number | null;
  /** Snapshots and scores of pools, and what the search for new pools met. */
  readonly poolHistoryDays: number | null;
  readonly tradesDays: number | null;
  /** Bars of seconds are kept as long as those of minutes. */
  readonly candlesDays: Readonly<Record<Exclude<Timeframe, 'second'>, number | null>>;
}

/** Ways in and out for other programs; both are shut unless asked for. */
export interface DoorSettings {
  /** Metrics and a read-only API on 127.0.0.1, for whoever has the token. Port 0 takes any free one. */
  readonly metrics: { readonly enabled: boolean; readonly port: number };
  /** Asked for every minute while alerts are judged on time; a secret. */
  readonly ping: { readonly url: string | null };
}

/** Who is asked for newer versions; nobody unless told. Only the file and the environment name them, never the window. */
export interface UpdateSettings {
  /** A folder on a web server with `latest-linux.yml` and the files that it names. */
  readonly feedUrl: string | null;
  /** Shown to people who install new versions themselves. */
  readonly releasePageUrl: string | null;
}

export interface Settings {
  readonly source: {
    /** `null` until the user has chosen: a first start runs the demo market. */
    readonly mode: SourceMode | null;
    readonly keyPlan: KeyPlan;
    /** `null` uses the default of the plan. */
    readonly callsPerMinute: number | null;
    /** `null` uses the plan's own host. */
    readonly baseUrl: string | null;
  };
  readonly networks: readonly WatchedNetwork[];
  readonly collectors: Readonly<Record<CollectorId, CollectorSettings>>;
  readonly recovery: {
    /** Failures in a row after which a collector cools down. */
    readonly failureThreshold: number;
    readonly cooldownMs: number;
  };
  readonly topPools: { readonly maxPages: number; readonly minReserveUsd: number };
  /** `quotaShare` is the part of the host's calls that looking for launches may use, above 0 up to 1. */
  readonly newPools: { readonly maxPages: number; readonly quotaShare: number };
  readonly trending: { readonly window: TrendingWindow; readonly maxPages: number };
  /** `pools` and `tokens` are the most that one run asks for. */
  readonly poolDetails: { readonly pools: number; readonly youngHours: number };
  readonly tokenDetails: { readonly tokens: number; readonly refreshAfterHours: number };
  readonly tokenInfos: { readonly tokens: number; readonly refreshAfterHours: number };
  readonly trades: { readonly pools: number; readonly minVolumeUsd: number };
  readonly ohlcv: {
    /** How many of the largest pools get candles, besides every watched one. */
    readonly pools: number;
    readonly bars: readonly BarKind[];
    /** `token` counts in the pool's other token. */
    readonly currency: 'usd' | 'token';
    /** How far back history is fetched. */
    readonly historyDays: number;
  };
  readonly watchlist: {
    /** Adds pools by themselves whose signal scores at least `minScore`, at most `perDay` in 24 hours. */
    readonly autoAdd: { readonly enabled: boolean; readonly minScore: number; readonly perDay: number };
  };
  readonly retention: RetentionSettings;
  readonly notifications: NotificationSettings;
  readonly doors: DoorSettings;
  readonly updates: UpdateSettings;
  /**
   * With `closeToTray` collecting goes on when the window is closed, on desktops with a tray; with `hiddenAtLogin` a start at login
   * opens none there.
   */
  readonly window: { readonly closeToTray: boolean; readonly hiddenAtLogin: boolean };
  readonly appearance: { readonly theme: Theme; readonly motion: Motion; readonly language: LanguageChoice };
}
