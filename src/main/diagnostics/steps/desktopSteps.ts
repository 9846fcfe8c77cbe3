// Steps that look at the desktop around the window: keychain, tray, notifications, start at login. Without a desktop they do not apply.
import type { DesktopFacts, DiagnosticFinding } from '../../../shared/domain/diagnostics';
import { type DiagnosticStep, type DiagnosticSubject, found } from '../step';

const NO_DESKTOP = found('skipped', 'Not looked at: Poolwatch runs here without a window.');

const keychain: DiagnosticStep = {
  id: 'keychain',
  capMs: 1_000,
  look: ({ secretsPersist }) =>
    Promise.resolve(
      secretsPersist
        ? found('ok', 'An API key survives a restart in the keychain of this system.')
        : found(
            'notice',
            'This system offers no keychain here.',
            {},
            'An API key has to be given again after each start; collecting without a key is not affected.',
          ),
    ),
};

const tray: DiagnosticStep = {
  id: 'tray',
  capMs: 4_000,
  look: (subject) =>
    ofDesktop(subject, (desktop) =>
      desktop.tray
        ? found('ok', 'This desktop shows the icon.')
        : found(
            'notice',
            'This desktop has no tray that shows the icon.',
            {},
            'Everything is reachable in the window; closing it ends Poolwatch.',
          ),
    ),
};

const notifications: DiagnosticStep = {
  id: 'notifications',
  capMs: 4_000,
  look: (subject) =>
    ofDesktop(subject, (desktop) =>
      desktop.notifications
        ? found('ok', 'This desktop takes notifications.')
        : found(
            'notice',
            'This desktop takes no notifications.',
            {},
            'Notices are kept in the window; a channel on the Deliveries page can carry them elsewhere.',
          ),
    ),
};

const autostart: DiagnosticStep = {
  id: 'autostart',
  capMs: 4_000,
  look: (subject) =>
    ofDesktop(subject, ({ startsAtLogin }) => {
      if (startsAtLogin === null) return found('skipped', 'This system does not tell whether it starts Poolwatch.');
      return startsAtLogin
        ? found('ok', 'Poolwatch starts when you log in.')
        : found('ok', 'Poolwatch does not start by itself when you log in.');
    }),
};

export const DESKTOP_STEPS: readonly DiagnosticStep[] = [keychain, tray, notifications, autostart];

async function ofDesktop(
  { desktop }: DiagnosticSubject,
  judge: (facts: DesktopFacts) => DiagnosticFinding,
): Promise<DiagnosticFinding> {
  return desktop === null ? NO_DESKTOP : judge(await desktop());
}
