// The window's copy of the program's state. Components read it through selectors and never change it:
// an order goes to the bridge, its effect comes back in the next snapshot.
import { create } from 'zustand';
import type { AppError } from '../../../shared/contract/envelope';
import type { ShownSnapshot } from '../../../shared/contract/shownSnapshot';
import { followSnapshot } from '../bridge/bridge';

export interface SnapshotState {
  readonly snapshot: ShownSnapshot | null;
  /** Why there is no newer snapshot, or null. */
  readonly trouble: AppError | null;
  /** Monotonic milliseconds (performance.now) of the newest push; null before the first. */
  readonly lastPushMs: number | null;
}

export const useSnapshotStore = create<SnapshotState>()(() => ({ snapshot: null, trouble: null, lastPushMs: null }));

/** Connects the store to the program; returns the function that ends the connection. */
export function connectSnapshotStore(): () => void {
  return followSnapshot({
    onSnapshot: (snapshot) => useSnapshotStore.setState({ snapshot, trouble: null, lastPushMs: performance.now() }),
    onTrouble: (trouble) => useSnapshotStore.setState({ trouble }),
  });
}
