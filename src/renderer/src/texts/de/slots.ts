// In German: the ticks that stand for slots.
import type { slots as english } from '../en/slots';
import type { Translated } from '../translated';

export const slots = {
  outcome: {
    ok: 'OK',
    partial: 'Teilweise',
    failed: 'Fehlgeschlagen',
    throttled: 'Gedrosselt',
    cancelled: 'Abgebrochen',
    late: 'Spät: OK, aber lange nach der Fälligkeit',
    missed: 'Verpasst: Niemand war da, um ihn zu starten',
    backfilled: 'Nachgeholt: Ein späterer Lauf hat die Daten geholt',
    skipped_overlap: 'Ausgelassen: Der Lauf davor war noch im Gang',
    skipped_paused: 'Pausiert',
    skipped_asleep: 'Ruhezustand: Der Rechner war nicht wach',
    skipped_throttled: 'Zurückgehalten: Die Quelle bat zu warten',
    skipped_cooldown: 'Wartet nach Fehlern',
    skipped_spooling: 'Zurückgehalten: Die Datenbank nimmt keine Zeilen an',
    none: 'Keine Daten',
  },
  noSlotYet: 'Noch kein Termin verzeichnet',
  noSlotsYet: 'Noch keine Termine verzeichnet',
  lastSlots: 'Letzte {{slots}}: {{parts}}',
  counted: {
    ok: 'OK',
    partial: 'teilweise',
    failed: 'fehlgeschlagen',
    throttled: 'gedrosselt',
    cancelled: 'abgebrochen',
    late: 'spät',
    missed: 'verpasst',
    backfilled: 'nachgeholt',
    skipped_overlap: 'ausgelassen',
    skipped_paused: 'pausiert',
    skipped_asleep: 'im Ruhezustand',
    skipped_throttled: 'zurückgehalten',
    skipped_cooldown: 'nach Fehlern wartend',
    skipped_spooling: 'zurückgehalten',
  },
} satisfies Translated<typeof english>;
