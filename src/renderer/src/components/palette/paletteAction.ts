// What the palette offers: one entry for each thing that can be done, built anew from the state of the program while it is open.
import type { ShownSnapshot } from '../../../../shared/contract/shownSnapshot';
import type { SourceOrders } from '../shell/sourceOrders';

export const PALETTE_GROUPS = [
  'goTo',
  'incidents',
  'collectors',
  'databases',
  'diagnostics',
  'export',
  'source',
  'window',
] as const;
export type PaletteGroup = (typeof PALETTE_GROUPS)[number];

export interface PaletteAction {
  /** Stays the same across starts: what was used lately is known by it. */
  readonly id: string;
  readonly group: PaletteGroup;
  readonly title: string;
  /** Other words that should find it. */
  readonly keywords?: string;
  /** Its state now, in a few words. */
  readonly note?: string;
  /** One sentence why it cannot be done now; it is said instead of doing it. Absent: it can. */
  readonly refused?: string;
  /** Keys that do the same, in words. */
  readonly keys?: string;
  readonly run: () => void;
}

export interface PaletteContext {
  readonly snapshot: ShownSnapshot;
  readonly source: SourceOrders;
  readonly nowMs: number;
}

export type PaletteSource = (context: PaletteContext) => readonly PaletteAction[];
