// In German: the guided outage.
import type { outage as english } from '../en/outage';
import type { Translated } from '../translated';

export const outage = {
  notBegun: 'Kein Ausfall wurde begonnen',
  goesOn: 'Der Ausfall dauert an',
  label: 'Vorgeführter Ausfall',
  forAge: 'seit {{age}}',
  endNow: 'Jetzt beenden',
  putAway: 'Den Ausfall weglegen',
  headline: {
    running: 'Ein echter Ausfall: Ein anderes Programm hält die Datenbank des Demo-Markts',
    ended: 'Der Ausfall wurde von Hand beendet',
    unplanned: 'Der Ausfall verlief nicht wie geplant',
    over: 'Der Ausfall ist vorbei',
  },
  step: { ahead: 'steht noch bevor', now: 'im Gang', done: 'fertig' },
  lockTaken: 'Ein Programm nimmt die Sperre',
  lockTakenText: 'Um {{startedAtMs}} nahm es die Sperre von market.db und behielt sie, wie ein achtloses Skript.',
  named: 'Poolwatch nennt es',
  collectingGoesOn: 'Das Sammeln geht weiter',
  waitedInSpool: '{{batches}} warteten im Spool, auf der Platte.',
  keptInSpool: '{{batches}} ({{bytes}}) liegen im Spool, auf der Platte.',
  breakerOpens: 'Der Schutzschalter öffnet',
  breakerClosed: 'Er schloss wieder, als die Sperre frei war, um {{time}}.',
  breakerOpenSince:
    'Seit {{sinceMs}} warten Zeilen nicht mehr auf die Sperre. Bisher gescheiterte Proben: {{failedProbes}}.',
  youEnded: 'Von Hand beendet',
  letsGo: 'Das Programm lässt los',
  heldFor: 'Die Sperre wurde {{duration}} lang gegen uns gehalten.',
  stored: 'Was wartete, ist gespeichert',
  wentIn: '{{batches}} kamen in market.db an, jeder einmal.',
  toGo: '{{batches}} stehen noch aus.',
  lost: 'Verloren: {{lost}}',
  everyRow: 'Jede Zeile, die ein Sammler übergeben hat, ist in der Datenbank.',
  whatIsLost: 'Was verloren ist',
  unnamedProgram: 'Ein Programm, das dieses System nicht nennt',
  aProgram: 'Ein Programm',
  namedText: '{{holder}} hält alle vom Schreiben ab; bemerkt um {{time}}.',
  namedTextOver: '{{holder}} hielt alle vom Schreiben ab; bemerkt um {{time}}.',
} satisfies Translated<typeof english>;
