// The one thing the window hears: the state of the program, versioned. A patch replaces whole slices from version N to N+1;
// a receiver that misses one asks for a full snapshot. It stays a few kB: history is a query, never part of it.
import type { CollectorId, RunError, RunReport, SlotOutcome } from '../domain/collector';
import type { DatabaseName, DatabaseStatus, LockHolder } from '../domain/database';
import type { LongOperation } from '../domain/operation';
import type { KeyPlan, LanguageChoice, Motion, SourceMode, Theme } from '../domain/settings';
import type { AlertsSlice } from './alerts';

/** Ticks kept per collector, newest last. */
export const TICKS_PER_COLLECTOR = 40;

export interface AppSlice {
  readonly version: string;
  readonly mode: SourceMode;
  readonly keyPlan: KeyPlan;
  readonly theme: Theme;
  readonly motion: Motion;
  readonly language: LanguageChoice;
  readonly startedAtMs: number;
  readonly dataDir: string;
  /** Versions by name, for the status bar and for reports: electron, chrome, node, sqlite. */
  readonly runtime: Readonly<Record<string, string>>;
  /** True when built with a runtime that is only for tests. */
  readonly testBuild: boolean;
}

export type VerdictLevel = 'starting' | 'ok' | 'degraded' | 'down' | 'paused';

/** What a verdict means, for whoever says it in words of their own. `told`: only its sentence says it. */
export type VerdictFinding =
  | { readonly kind: 'told' }
  | { readonly kind: 'starting' | 'collecting_first' | 'well' | 'all_paused' }
  /** All is well but for these, which somebody paused. */
  | { readonly kind: 'some_paused'; readonly titles: readonly string[] }
  | { readonly kind: 'collectors_down' | 'collectors_ailing'; readonly titles: readonly string[] }
  | {
      readonly kind: 'locked';
      readonly database: DatabaseName;
      readonly holder: Pick<LockHolder, 'program' | 'pid'> | null;
    }
  | { readonly kind: 'read_only' | 'failed' | 'spooling' | 'database_ailing'; readonly database: DatabaseName };

/** Is everything all right, in one sentence. */
export interface VerdictSlice {
  readonly level: VerdictLevel;
  readonly finding: VerdictFinding;
  /** The finding in English. */
  readonly sentence: string;
  /** The likeliest cause in plain words, or null. */
  readonly cause: string | null;
  readonly sinceMs: number;
}

/** Severity order, worst first: down, degraded, late, running, ok, paused, no_data. Each has its own glyph and word. */
export const COLLECTOR_HEALTHS = ['ok', 'running', 'late', 'degraded', 'down', 'paused', 'no_data'] as const;
export type CollectorHealth = (typeof COLLECTOR_HEALTHS)[number];

export interface Tick {
  readonly slotAtMs: number;
  readonly outcome: SlotOutcome;
  readonly durationMs: number | null;
  readonly rows: number | null;
  /** Slots that this tick stands for: more than one when a whole stretch was slept through or missed. */
  readonly slots: number;
}

/** How often a collector runs at present, and why not as often as it was set to. */
export interface Cadence {
  readonly baseMs: number;
  readonly nowMs: number;
  /** Completes "every 4 min because …"; null while it keeps the pace it was set to. */
  readonly because: string | null;
}

/** A collector but for its ticks. */
export interface CollectorState {
  readonly id: CollectorId;
  readonly title: string;
  readonly description: string;
  readonly health: CollectorHealth;
  /** Why the health is not `ok`, in plain words, or null. */
  readonly cause: string | null;
  /** The interval in force. */
  readonly intervalMs: number;
  readonly cadence: Cadence;
  readonly pause: { readonly sinceMs: number; readonly untilMs: number | null } | null;
  readonly running: { readonly runId: string; readonly sinceMs: number; readonly step: string | null } | null;
  readonly nextDueAtMs: number | null;
  readonly lastRun: RunReport | null;
  readonly lastSuccessAtMs: number | null;
  readonly lastError: (RunError & { readonly atMs: number }) | null;
  /** Runs in a row: failures since the last success, successes since the last failure. One of them is 0. */
  readonly streak: { readonly failures: number; readonly successes: number };
  readonly cooldownUntilMs: number | null;
}

export interface CollectorSlice extends CollectorState {
  readonly ticks: readonly Tick[];
}

export interface ApiHostSlice {
  readonly host: string;
  /** Calls allowed in a minute at present: less than configured for a while after the host complained. */
  readonly callsPerMinute: number;
  readonly callsInWindow: number;
  readonly waiting: number;
  readonly throttledUntilMs: number | null;
  readonly calls: number;
  readonly throttles: number;
  /** Calls that failed for any other reason than throttling or being cancelled. */
  readonly errors: number;
  /** Open: the host is down, nobody calls it, and one probe at a time finds out when it is back. */
  readonly breaker: {
    readonly state: 'closed' | 'open' | 'half_open';
    readonly sinceMs: number;
    readonly nextProbeAtMs: number | null;
  };
}

export interface Banner {
  readonly id: string;
  readonly level: 'info' | 'warning' | 'error';
  readonly message: string;
  readonly dismissible: boolean;
}

export interface SnapshotSlices {
  readonly app: AppSlice;
  readonly verdict: VerdictSlice;
  readonly collectors: readonly CollectorSlice[];
  readonly databases: readonly DatabaseStatus[];
  readonly hosts: readonly ApiHostSlice[];
  readonly banners: readonly Banner[];
  /** Long work that runs or ended lately, newest first. */
  readonly operations: readonly LongOperation[];
  readonly alerts: AlertsSlice;
}

export interface AppSnapshot extends SnapshotSlices {
  readonly version: number;
  readonly atMs: number;
}

export interface SnapshotPatch {
  readonly from: number;
  readonly to: number;
  readonly atMs: number;
  readonly slices: Partial<SnapshotSlices>;
}

/** Returns the patched snapshot, or null when the patch does not follow this version (ask for a full one). */
export function applyPatch<S extends Omit<AppSnapshot, 'collectors'>>(
  snapshot: S,
  { from, to, atMs, slices }: Omit<SnapshotPatch, 'slices'> & { readonly slices: Partial<NoInfer<S>> },
): S | null {
  if (from !== snapshot.version) return null;
  return { ...snapshot, ...slices, version: to, atMs };
}
