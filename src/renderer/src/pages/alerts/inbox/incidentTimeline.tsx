// The lines of an incident's story, oldest first, as they were written when they happened.
import type { ReactNode } from 'react';
import type { IncidentEvent } from '../../../../../shared/domain/alerts';
import { formatClock, formatDateTime, formatUtc } from '../../../../../shared/util/format';
import { t } from '../../../texts/texts';
import classes from './details.module.css';

export function IncidentTimeline({ events }: { readonly events: readonly IncidentEvent[] }): ReactNode {
  if (events.length === 0) return <p className={classes.none}>{t('alerts.nothingWritten')}</p>;
  return (
    <ol className={classes.timeline} data-testid="incident-timeline">
      {events.map((event, index) => {
        const before = events[index - 1];
        const sameDay = before !== undefined && dayOf(before.atMs) === dayOf(event.atMs);
        return (
          <li key={`${event.atMs} ${event.kind} ${index}`} data-kind={event.kind}>
            <time dateTime={new Date(event.atMs).toISOString()} title={formatUtc(event.atMs)}>
              {sameDay ? formatClock(event.atMs) : formatDateTime(event.atMs)}
            </time>
            <span className={classes.event}>
              <strong>{t(`incidents.event.${event.kind}`)}:</strong> {event.text}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function dayOf(atMs: number): string {
  return new Date(atMs).toDateString();
}
