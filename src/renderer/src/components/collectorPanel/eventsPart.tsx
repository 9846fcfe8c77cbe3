// The log of the collector and of its host: what changed in how they are treated, newest first, each with its cause.
import type { ReactNode } from 'react';
import type { CollectorEvent, CollectorEventKind } from '../../../../shared/domain/collectorEvent';
import { formatDateTime, formatUtc } from '../../../../shared/util/format';
import { Part } from './part';
import classes from './collectorPanel.module.css';

const KIND_WORDS: Readonly<Record<CollectorEventKind, string>> = {
  cooldown: 'Waits after failures',
  recovered: 'Recovered',
  paused: 'Paused',
  resumed: 'Resumed',
  slowed: 'Slower',
  sped_up: 'Faster',
  asleep: 'Asleep',
  woke: 'Awake',
  breaker_open: 'Breaker open',
  breaker_half_open: 'Breaker asks',
  breaker_closed: 'Breaker closed',
};

interface EventsPartProps {
  readonly events: readonly CollectorEvent[];
  readonly words: string;
}

export function EventsPart({ events, words }: EventsPartProps): ReactNode {
  return (
    <Part title="What changed" aside={words} testId="panel-events">
      {events.length === 0 ? (
        <p className={classes.none}>Nothing in the {words}.</p>
      ) : (
        // A region that scrolls must be reachable by keyboard.
        <div className={classes.log} role="region" aria-label="What changed, newest first" tabIndex={0}>
          <ul className={classes.list}>
            {events.map((event, index) => (
              <li key={`${event.atMs} ${event.kind} ${index}`}>
                <span className={classes.listHead}>
                  <strong>{KIND_WORDS[event.kind]}</strong>
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
