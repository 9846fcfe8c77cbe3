// Whether anything in the window may move: the person's choice, or the system's while the choice is left to it. Marks the page for
// the style sheet, which ends the transitions there.
import { useReducedMotion as useSystemMotion } from '@mantine/hooks';
import { useLayoutEffect } from 'react';
import { useSnapshotStore } from '../store/snapshotStore';

export function useReducedMotion(): boolean {
  const choice = useSnapshotStore((state) => state.snapshot?.app.motion ?? 'system');
  const systemWants = useSystemMotion(false, { getInitialValueInEffect: false });
  const reduced = choice === 'reduced' || systemWants;
  useLayoutEffect(() => {
    document.documentElement.toggleAttribute('data-still', reduced);
  }, [reduced]);
  return reduced;
}
