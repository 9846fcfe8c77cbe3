// The log of the collector and of its host: what changed in how they are treated, newest first, each with its cause.
import type { ReactNode } from 'react';
import type { CollectorEvent } from '../../../../shared/domain/collectorEvent';
import { formatDateTime, formatUtc } from '../../../../shared/util/format';
import { Part } from './part';
import { t } from '../../texts/texts';
import classes from './collectorPanel.module.css';

interface EventsPartProps {
  readonly events: readonly CollectorEvent[];
  readonly words: string;
}

export function EventsPart({ events, words }: EventsPartProps): ReactNode {
  return (
    <Part title={t('collector.whatChanged')} aside={words} testId="panel-events">
      {events.length === 0 ? (
        <p className={classes.none}>{t('collector.nothingChanged', { words })}</p>
      ) : (
        // A region that scrolls must be reachable by keyboard.
        <div className={classes.log} role="region" aria-label={t('collector.whatChangedLabel')} tabIndex={0}>
          <ul className={classes.list}>
            {events.map((event, index) => (
              <li key={`${event.atMs} ${event.kind} ${index}`}>
                <span className={classes.listHead}>
                  <strong>{t(`collector.event.${event.kind}`)}</strong>
                  <time
                    className={classes.faint}
                    dateTime={new Date(event.atMs).toISOString()}
                    title={formatUtc(event.atMs)}
                  >
                    {formatDateTime(event.atMs)}
                  </time>
                </span>
                <span className={classes.words}>{event.cause}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Part>
  );
}
