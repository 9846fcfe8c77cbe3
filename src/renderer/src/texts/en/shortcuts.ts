// In English: the sheet of keyboard shortcuts.
export const shortcuts = {
  title: 'Keyboard shortcuts',
  control: 'Ctrl',
  range: '{{first}} to {{last}}',
  escape: 'Esc',
  label: {
    palette: 'Find a page or a command',
    page: 'Go to a page',
    help: 'Show this list',
    close: 'Close a dialog, or what is open beside a list',
    filter: 'Search in the list of the page',
    nextRow: 'Next row',
    previousRow: 'Previous row',
    copyCell: 'Copy the cell in focus (arrow keys move it)',
    zoomIn: 'Closer: candles, timeline',
    zoomOut: 'Further away',
    zoomReset: 'All of it again',
  },
  group: { everywhere: 'Everywhere', lists: 'Lists and tables', charts: 'Charts' },
} as const;
