// The language of the window: the person's choice, or the system's while the choice is left to it.
import { useSyncExternalStore } from 'react';
import type { Language, LanguageChoice } from '../../../shared/domain/settings';
import { useSnapshotStore } from '../store/snapshotStore';
import { currentLanguage, onLanguage, speak } from './texts';

/**
 * The window asks for it at its root, so that a change draws everything anew. Whoever keeps its drawing (`memo`, `useMemo`) asks, too.
 */
export function useLanguage(): Language {
  return useSyncExternalStore(onLanguage, currentLanguage);
}

/** Speaks the chosen language from now on; returns the function that ends it. */
export function followLanguage(): () => void {
  const follow = (): void => speak(resolve(useSnapshotStore.getState().snapshot?.app.language ?? 'system'));
  follow();
  return useSnapshotStore.subscribe(follow);
}

/** The first language of the system, if the window knows it; regions do not matter. */
function resolve(choice: LanguageChoice): Language {
  if (choice !== 'system') return choice;
  return navigator.language.toLowerCase().split('-')[0] === 'de' ? 'de' : 'en';
}
