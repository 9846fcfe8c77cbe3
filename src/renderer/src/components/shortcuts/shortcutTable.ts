// Every shortcut of the window, once: the handlers and the help sheet both read this table.
import { PAGES } from '../../store/route';
import { t } from '../../texts/texts';

interface Shortcut {
  readonly id: string;
  /** What `KeyboardEvent.key` says; `mod+` before it is Ctrl, or Command on a Mac. */
  readonly keys: readonly string[];
  readonly group: 'everywhere' | 'lists' | 'charts';
  /** Also while somebody types in a field, and over a dialog. */
  readonly always?: true;
}

export const SHORTCUTS = [
  { id: 'palette', keys: ['mod+k'], group: 'everywhere', always: true },
  { id: 'page', keys: PAGES.map((_, index) => String(index + 1)), group: 'everywhere' },
  { id: 'help', keys: ['?'], group: 'everywhere' },
  { id: 'close', keys: ['Escape'], group: 'everywhere' },
  { id: 'filter', keys: ['/'], group: 'lists' },
  { id: 'nextRow', keys: ['j'], group: 'lists' },
  { id: 'previousRow', keys: ['k'], group: 'lists' },
  { id: 'copyCell', keys: ['mod+c'], group: 'lists' },
  { id: 'zoomIn', keys: ['+'], group: 'charts' },
  { id: 'zoomOut', keys: ['-'], group: 'charts' },
  { id: 'zoomReset', keys: ['0'], group: 'charts' },
] as const satisfies readonly Shortcut[];

export type ShortcutId = (typeof SHORTCUTS)[number]['id'];
export type ShortcutGroup = Shortcut['group'];

export const SHORTCUT_GROUPS: readonly ShortcutGroup[] = ['everywhere', 'lists', 'charts'];

export function shortcut(id: ShortcutId): Shortcut {
  const found = SHORTCUTS.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`there is no shortcut ${id}`);
  return found;
}

/** Layouts differ in how a sign is typed, so Shift only counts through the sign that comes of it. */
export function matchesKey(key: string, event: KeyboardEvent): boolean {
  const { ctrlKey, metaKey, altKey } = event;
  const modifier = ctrlKey || metaKey;
  if (key.startsWith('mod+')) return modifier && !altKey && event.key.toLowerCase() === key.slice('mod+'.length);
  return !modifier && !altKey && event.key === key;
}

/** How a person reads it: "Ctrl K", "⌘ K", "1 to 8". */
export function keysInWords({ keys }: Pick<Shortcut, 'keys'>, onMac: boolean): string {
  const names = keys.map((key) => {
    const name = key.replace('mod+', '');
    const shown = name === 'Escape' ? t('shortcuts.escape') : key === name ? name : name.toUpperCase();
    return key === name ? shown : `${onMac ? '⌘' : t('shortcuts.control')} ${shown}`;
  });
  const [first = '', last = first] = [names[0], names.at(-1)];
  return names.length > 1 ? t('shortcuts.range', { first, last }) : first;
}

export function isMac(): boolean {
  return navigator.userAgent.includes('Mac');
}
