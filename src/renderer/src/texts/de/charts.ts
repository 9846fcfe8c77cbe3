// In German: charts and their tables.
import type { charts as english } from '../en/charts';
import type { Translated } from '../translated';

export const charts = {
  week: 'Verglichen mit der Woche davor',
  weekReading: 'Messungen werden gelesen…',
  weekEmpty: 'An keinem der beiden Tage wurde etwas gemessen.',
  weekNone: 'Vor einer Woche wurde nichts gemessen; der Vergleich kommt mit der Zeit.',
  weekMeasured: 'Gemessen',
  weekDay: 'Letzte 24 h',
  weekBefore: 'Woche davor',
  weekChange: 'Änderung',
  lookCloser: 'Näher ansehen',
  closerHint: 'Näher (oder das Rad drehen)',
  closer: 'Näher',
  furtherAway: 'Weiter weg',
  allBarsHint: 'Alle Balken (oder ein Doppelklick)',
  allBars: 'Alle Balken',
  volumeIs: 'Volumen {{volume}}',
  openIs: 'Eröffnung {{open}}',
  highIs: 'Hoch {{high}}',
  lowIs: 'Tief {{low}}',
  closeIs: 'Schluss {{close}}',
  price: 'Kurs',
  volume: 'Volumen',
  viewAsChart: 'Als Diagramm zeigen',
  viewAsTable: 'Als Tabelle zeigen',
} satisfies Translated<typeof english>;
