// Every shortcut of the window, once: the handlers and the help sheet both read this table.
import { PAGES } from '../../store/route';

interface Shortcut {
  readonly id: string;
  /** What `KeyboardEvent.key` says; `mod+` before it is Ctrl, or Command on a Mac. */
  readonly keys: readonly string[];
  readonly group: 'Everywhere' | 'Lists and tables' | 'Charts';
  readonly label: string;
  /** Also while somebody types in a field, and over a dialog. */
  readonly always?: true;
}

export const SHORTCUTS = [
  { id: 'palette', keys: ['mod+k'], group: 'Everywhere', label: 'Find a page or a command', always: true },
  { id: 'page', keys: PAGES.map((_, index) => String(index + 1)), group: 'Everywhere', label: 'Go to a page' },
  { id: 'help', keys: ['?'], group: 'Everywhere', label: 'Show this list' },
  { id: 'close', keys: ['Escape'], group: 'Everywhere', label: 'Close a dialog, or what is open beside a list' },
  { id: 'filter', keys: ['/'], group: 'Lists and tables', label: 'Search in the list of the page' },
  { id: 'nextRow', keys: ['j'], group: 'Lists and tables', label: 'Next row' },
  { id: 'previousRow', keys: ['k'], group: 'Lists and tables', label: 'Previous row' },
  { id: 'copyCell', keys: ['mod+c'], group: 'Lists and tables', label: 'Copy the cell in focus (arrow keys move it)' },
  { id: 'zoomIn', keys: ['+'], group: 'Charts', label: 'Closer: candles, timeline' },
  { id: 'zoomOut', keys: ['-'], group: 'Charts', label: 'Further away' },
  { id: 'zoomReset', keys: ['0'], group: 'Charts', label: 'All of it again' },
] as const satisfies readonly Shortcut[];

export type ShortcutId = (typeof SHORTCUTS)[number]['id'];
export type ShortcutGroup = Shortcut['group'];

export const SHORTCUT_GROUPS: readonly ShortcutGroup[] = ['Everywhere', 'Lists and tables', 'Charts'];

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

const KEY_NAMES: Readonly<Record<string, string>> = { Escape: 'Esc' };

/** How a person reads it: "Ctrl K", "⌘ K", "1 to 8". */
export function keysInWords({ keys }: Pick<Shortcut, 'keys'>, onMac: boolean): string {
  const names = keys.map((key) => {
    const name = key.replace('mod+', '');
    const shown = KEY_NAMES[name] ?? (key === name ? name : name.toUpperCase());
    return key === name ? shown : `${onMac ? '⌘' : 'Ctrl'} ${shown}`;
  });
  const [first = '', last = first] = [names[0], names.at(-1)];
  return names.length > 1 ? `${first} to ${last}` : first;
}

export function isMac(): boolean {
  return navigator.userAgent.includes('Mac');
}
