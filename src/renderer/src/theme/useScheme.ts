// Which of the two schemes is on: the user's choice, or the system's while the choice is "system" or not yet known.
import { useMediaQuery } from '@mantine/hooks';
import { useSnapshotStore } from '../store/snapshotStore';
import { PALETTES, type Palette, type Scheme } from './palette';

export function useScheme(): Scheme {
  const choice = useSnapshotStore((state) => state.snapshot?.app.theme ?? 'system');
  const systemIsDark = useMediaQuery('(prefers-color-scheme: dark)', false, { getInitialValueInEffect: false });
  if (choice !== 'system') return choice;
  return systemIsDark ? 'dark' : 'light';
}

/** Colours for canvases, which cannot read CSS variables. */
export function usePalette(): Palette {
  return PALETTES[useScheme()];
}
