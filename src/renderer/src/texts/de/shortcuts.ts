// In German: the sheet of keyboard shortcuts.
import type { shortcuts as english } from '../en/shortcuts';
import type { Translated } from '../translated';

export const shortcuts = {
  title: 'Tastenkürzel',
  control: 'Strg',
  range: '{{first}} bis {{last}}',
  escape: 'Esc',
  label: {
    palette: 'Eine Seite oder einen Befehl finden',
    page: 'Zu einer Seite gehen',
    help: 'Diese Liste zeigen',
    close: 'Einen Dialog schließen, oder was neben einer Liste offen ist',
    filter: 'In der Liste der Seite suchen',
    nextRow: 'Nächste Zeile',
    previousRow: 'Vorige Zeile',
    copyCell: 'Die Zelle im Fokus kopieren (Pfeiltasten bewegen ihn)',
    zoomIn: 'Näher: Kerzen, Verlauf',
    zoomOut: 'Weiter weg',
    zoomReset: 'Wieder alles',
  },
  group: { everywhere: 'Überall', lists: 'Listen und Tabellen', charts: 'Diagramme' },
} satisfies Translated<typeof english>;
