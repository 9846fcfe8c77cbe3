// What lies over the whole window: one thing at a time, so that dialogs never stack. Holds no data of the program, only names of it.
import { create } from 'zustand';
import type { DatabaseName } from '../../../shared/domain/database';

/** What has to be asked once more before a database is told to do it. */
export type DatabaseQuestion = 'compact' | 'isolate' | 'retention' | 'restore';

export type Overlay =
  | { readonly kind: 'palette' }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'key' }
  | { readonly kind: 'ack' | 'silence'; readonly incidentId: string }
  | { readonly kind: 'database'; readonly database: DatabaseName; readonly question: DatabaseQuestion };

interface OverlayState {
  readonly open: Overlay | null;
}

export const useOverlayStore = create<OverlayState>()(() => ({ open: null }));

/** Takes the place of what was open; null closes it. */
export function showOverlay(open: Overlay | null): void {
  useOverlayStore.setState({ open });
}

export function togglePalette(): void {
  useOverlayStore.setState(({ open }) => ({ open: open?.kind === 'palette' ? null : { kind: 'palette' } }));
}
