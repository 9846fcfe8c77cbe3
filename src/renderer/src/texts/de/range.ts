// In German: stretches of time.
import type { range as english } from '../en/range';
import type { Translated } from '../translated';

export const range = {
  short: { '15m': '15 min', '1h': '1 h', '6h': '6 h', '24h': '24 h', '7d': '7 T', '30d': '30 T' },
  words: {
    '15m': 'letzte 15 Minuten',
    '1h': 'letzte Stunde',
    '6h': 'letzte 6 Stunden',
    '24h': 'letzte 24 Stunden',
    '7d': 'letzte 7 Tage',
    '30d': 'letzte 30 Tage',
  },
  sinceAllWell: 'Zeit, seit alles in Ordnung war ({{span}})',
  timeFrom: 'Zeit von {{span}}',
  fromTo: '{{from}} bis {{to}}',
  bothEnds: 'Beide Enden werden gebraucht.',
  beginsInFuture: 'Der Beginn liegt in der Zukunft.',
  mustEndAfter: 'Das Ende muss nach dem Beginn liegen.',
  label: 'Zeitraum',
  sinceOk: 'Seit OK',
  back: 'Zurück',
  custom: 'Eigener…',
  customLabel: 'Eigener Zeitraum',
  from: 'Von',
  localTime: 'Ortszeit',
  to: 'Bis',
  showThisTime: 'Diese Zeit zeigen',
} satisfies Translated<typeof english>;
