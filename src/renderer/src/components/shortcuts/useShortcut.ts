// Binds what a shortcut does. Not while somebody types, and not behind a dialog, unless the table says so.
import { useEffect, useRef } from 'react';
import { matchesKey, shortcut, type ShortcutId } from './shortcutTable';

/** Inputs that take no letters: with one of them in focus nobody is typing. */
const TYPED_NOTHING_INTO: ReadonlySet<string> = new Set(['button', 'checkbox', 'radio', 'range', 'reset', 'submit']);

/** @param run is given the key of the table that was pressed; false leaves the key to others */
export function useShortcut(id: ShortcutId, run: (key: string) => boolean | void): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const { keys, always } = shortcut(id);
    const onKeyDown = (event: KeyboardEvent): void => {
      const key = keys.find((candidate) => matchesKey(candidate, event));
      if (key === undefined || event.defaultPrevented) return;
      if (!always && (isTyping(event.target) || isDialogOpen())) return;
      if (latest.current(key) !== false) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [id]);
}

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !TYPED_NOTHING_INTO.has(target.type);
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLElement && target.isContentEditable;
}

export function isDialogOpen(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
}
