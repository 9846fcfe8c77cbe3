// `events`: what changed in how collectors and API hosts are treated, and why.
import { type Command, InvalidArgumentError } from 'commander';
import type { CollectorId } from '../../../shared/domain/collector';
import type { CollectorEvent } from '../../../shared/domain/collectorEvent';
import { answerOf, EXIT } from '../outcome';
import { isoTime } from '../print/cells';
import type { Column } from '../print/report';
import { outcome, placed, type PlaceOptions, serve } from '../serve';
import { readCollector } from './collectorArgument';

const DEFAULT_LIMIT = 50;

interface EventOptions extends PlaceOptions {
  readonly collector?: CollectorId;
  readonly limit: number;
}

const COLUMNS: readonly Column<CollectorEvent>[] = [
  { name: 'at', value: ({ atMs }) => isoTime(atMs) },
  { name: 'subject', value: ({ collectorId, host }) => collectorId ?? host },
  { name: 'event', value: ({ kind }) => kind },
  { name: 'cause', value: ({ cause }) => cause },
];

export function addEventCommand(program: Command): void {
  placed(program.command('events'), 'events --collector top_pools --limit 20')
    .description('Pauses, cool-downs, recoveries, changes of pace: newest first, each with its cause.')
    .option('--collector <collector>', 'only events of this one', readCollector)
    .option('--limit <count>', 'how many at most', readCount, DEFAULT_LIMIT)
    .action((options: EventOptions) =>
      serve(options, async (link) => {
        const args = { collectorId: options.collector ?? null, beforeMs: null, limit: options.limit };
        const { events } = answerOf(await link.query('events.list', args));
        return outcome(EXIT.ok, { columns: COLUMNS, rows: events });
      }),
    );
}

function readCount(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.');
  return Number(text);
}
