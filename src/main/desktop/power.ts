// What the system tells of sleep and of its end, passed on to the program.
import { powerMonitor } from 'electron';
import type { Application } from '../engine/application';

/** After ready. */
export function followPower(application: Pick<Application, 'power'>): void {
  powerMonitor.on('suspend', () => application.power('suspend'));
  powerMonitor.on('resume', () => application.power('resume'));
}
