// In German: long operations.
import type { operations as english } from '../en/operations';
import type { Translated } from '../translated';

export const operations = {
  label: 'Vorgänge',
  stopping: 'Wird beendet',
  callOff: 'Abbrechen',
  callOffOne: 'Abbrechen: {{title}}',
  goesOn: '„{{title}}“ geht weiter',
  stoppingAtEnd: 'endet nach dem laufenden Schritt',
  starting: 'startet',
  doneOf: '{{done}} von {{total}}',
  ended: {
    done: 'Fertig nach {{duration}}, {{age}}.',
    failed: 'Gescheitert nach {{duration}}, {{age}}.',
    cancelled: 'Abgebrochen nach {{duration}}, {{age}}.',
  },
  amount: {
    rows: '{{amount}} Zeilen',
    pages: '{{amount}} Seiten',
    calls: '{{amount}} Aufrufe',
    files: '{{amount}} Dateien',
  },
} satisfies Translated<typeof english>;
