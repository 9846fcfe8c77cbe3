// The one length of snooze that tray and notifications offer; the window has more.
import type { Application } from '../engine/application';
import type { Logger } from '../logging/logger';

const SNOOZE_MS = 60 * 60_000;

/** Incidents that are over meanwhile refuse, which only the log is told. */
export async function snoozeForAnHour(
  { commands }: Pick<Application, 'commands'>,
  incidentIds: readonly string[],
  log: Pick<Logger, 'warn'>,
): Promise<void> {
  const until = Date.now() + SNOOZE_MS;
  for (const incidentId of incidentIds) {
    const answer = await commands['incident.snooze']({ incidentId, until });
    if (!answer.ok) log.warn({ incidentId, why: answer.error.message }, 'an incident could not be snoozed');
  }
}
