// In English: charts and their tables.
export const charts = {
  lookCloser: 'Look closer',
  closerHint: 'Closer (or turn the wheel)',
  closer: 'Closer',
  furtherAway: 'Further away',
  allBarsHint: 'All bars (or a double click)',
  allBars: 'All bars',
  volumeIs: 'Volume {{volume}}',
  openIs: 'Open {{open}}',
  highIs: 'High {{high}}',
  lowIs: 'Low {{low}}',
  closeIs: 'Close {{close}}',
  price: 'Price',
  volume: 'Volume',
  viewAsChart: 'View as chart',
  viewAsTable: 'View as table',
} as const;
