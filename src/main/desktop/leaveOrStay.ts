// What closing the window means: with a tray that somebody can see, collecting goes on behind it; without one it is the way out.
import { join } from 'node:path';
import type { Message, SendOutcome } from '../../shared/domain/delivery';
import { readJsonFile, writeJsonFile } from '../settings/jsonFile';

export interface LeaveOrStayOptions {
  /** Where it is kept that the person has been told once. */
  readonly userDataDir: string;
  /** What the person has chosen. */
  readonly wantsToStay: () => Promise<boolean>;
  readonly hasTrayHost: () => Promise<boolean>;
  readonly showNotice: (message: Message) => Promise<SendOutcome>;
}

/** Resolves with true when the program shall go on without a window. The first time, it says so. */
export async function staysWithoutWindow(options: LeaveOrStayOptions): Promise<boolean> {
  const { userDataDir, wantsToStay, hasTrayHost, showNotice } = options;
  if (!(await wantsToStay()) || !(await hasTrayHost())) return false;
  const file = join(userDataDir, 'tray.json');
  const { value } = readJsonFile(file, (content) => content as { readonly told?: boolean }, {});
  if (value.told !== true) {
    writeJsonFile(file, { told: true });
    void showNotice(GOES_ON);
  }
  return true;
}

const GOES_ON: Message = {
  idempotencyKey: 'goes-on',
  incidentId: null,
  kind: 'fired',
  severity: 'info',
  title: 'Poolwatch goes on collecting',
  body: 'Its window is closed; the icon in the tray opens it again, and quits.',
  atMs: 0,
};
