// In German: status words.
import type { status as english } from '../en/status';
import type { Translated } from '../translated';

export const status = {
  health: {
    ok: 'OK',
    running: 'Läuft',
    late: 'Verspätet',
    degraded: 'Beeinträchtigt',
    down: 'Ausgefallen',
    paused: 'Pausiert',
    no_data: 'Keine Daten',
  },
  store: {
    starting: 'Startet',
    ok: 'OK',
    degraded: 'Beeinträchtigt',
    spooling: 'Im Spool',
    recovering: 'Stellt her',
    read_only: 'Nur lesend',
    failed: 'Gescheitert',
    closed: 'Geschlossen',
  },
  verdict: { starting: 'Startet', ok: 'OK', degraded: 'Beeinträchtigt', down: 'Ausgefallen', paused: 'Pausiert' },
  severity: { critical: 'Kritisch', warning: 'Warnung', info: 'Info' },
  alert: { inactive: 'OK', pending: 'Steht an', firing: 'Ausgelöst', recovering: 'Erholt sich', resolved: 'Vorbei' },
  host: { down: 'Ausgefallen', throttled: 'Gedrosselt', ok: 'OK' },
  inSentence: {
    health: {
      ok: 'OK',
      running: 'läuft',
      late: 'verspätet',
      degraded: 'beeinträchtigt',
      down: 'ausgefallen',
      paused: 'pausiert',
      no_data: 'ohne Daten',
    },
    severity: { critical: 'kritisch', warning: 'Warnung', info: 'Info' },
    alert: { inactive: 'OK', pending: 'steht an', firing: 'ausgelöst', recovering: 'erholt sich', resolved: 'vorbei' },
  },
} satisfies Translated<typeof english>;
