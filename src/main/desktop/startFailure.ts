// How a start that cannot go on says so: one line in the terminal, the same in a dialog where somebody is looking, an exit code.
import { app, dialog } from 'electron';

export const EXIT_CODES = { startFailed: 1, usage: 2, alreadyRunning: 3 } as const;

/** Ends the program. A dialog blocks until it is answered, so a start that nobody watches shows none. */
export function refuseToStart(code: number, message: string): void {
  process.stderr.write(`poolwatch: ${message.replaceAll(/\s*\n\s*/g, ' ')}\n`);
  if (app.isReady() && !isUnattended()) dialog.showErrorBox('Poolwatch could not start', message);
  app.exit(code);
}

/** Set by the start script on a virtual display and by the window tests. */
function isUnattended(): boolean {
  return process.env['POOLWATCH_VIRTUAL_DISPLAY'] === '1' || process.env['POOLWATCH_E2E'] === '1';
}

/** One line for a person from whatever was thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
