// What a diagnostic step is and what it may look at. Steps only look: none changes anything but its own probe files.
import type { ApiHostSlice } from '../../shared/contract/snapshot';
import type {
  DesktopFacts,
  DiagnosticFinding,
  DiagnosticStepId,
  DiagnosticVerdict,
} from '../../shared/domain/diagnostics';
import type { Store } from '../storage/store';

export interface DiagnosticSubject {
  readonly appVersion: string;
  readonly testBuild: boolean;
  /** Versions by name: electron, chrome, node. */
  readonly runtime: Readonly<Record<string, string>>;
  readonly rootDir: string;
  readonly profileDir: string;
  readonly market: Store;
  readonly monitor: Store;
  /** Where the source answers, without a key. */
  readonly baseUrl: string;
  /** Calls for data carry a key; those of a diagnosis never do. */
  readonly isKeyed: boolean;
  readonly userAgent: string;
  readonly secretsPersist: boolean;
  /** What is around the window; null where there is no desktop. */
  readonly desktop: (() => Promise<DesktopFacts>) | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
  wallMs(): number;
  monotonicMs(): number;
  hosts(): readonly ApiHostSlice[];
}

/** What the steps of one run hand on to later ones. */
export interface Ladder {
  /** Addresses that the name of the source stands for. */
  addresses: readonly string[];
  reached: boolean;
  /** `Date` header of the source's answer and the wall time in the middle of that call. */
  sourceTime: { readonly theirsMs: number; readonly oursMs: number; readonly roundTripMs: number } | null;
}

export interface DiagnosticStep {
  readonly id: DiagnosticStepId;
  /** Longest time it may take, in milliseconds. */
  readonly capMs: number;
  /** Rejecting is a finding, too: a problem with the error's words. */
  look(subject: DiagnosticSubject, signal: AbortSignal, ladder: Ladder): Promise<DiagnosticFinding>;
}

export function found(
  verdict: DiagnosticVerdict,
  finding: string,
  facts: DiagnosticFinding['facts'] = {},
  advice: string | null = null,
): DiagnosticFinding {
  return { verdict, finding, advice, facts };
}
