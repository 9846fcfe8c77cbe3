// `alerts` and `incidents`: what is wrong now, what was, and the orders a person can give about it.
import { type Command, InvalidArgumentError } from 'commander';
import type { SilenceArgs } from '../../../shared/contract/alerts';
import type { Incident, IncidentEvent } from '../../../shared/domain/alerts';
import { TARGET_KINDS, type TargetKind } from '../../../shared/domain/metrics';
import { readDuration } from '../duration';
import type { Link } from '../link/link';
import { answerOf, CommandError, EXIT } from '../outcome';
import { ordered } from '../ordered';
import { isoTime } from '../print/cells';
import type { Column } from '../print/report';
import { outcome, type Outcome, placed, type PlaceOptions, serve } from '../serve';
import { note } from '../words';

const DEFAULT_LIMIT = 50;
const HOUR_MS = 60 * 60_000;

interface NoteOptions extends PlaceOptions {
  readonly note: string;
}

interface SnoozeOptions extends PlaceOptions {
  readonly for?: number;
}

interface SilenceOptions extends PlaceOptions {
  readonly for: number;
  readonly reason: string;
  readonly maintenance?: true;
}

interface ListOptions extends PlaceOptions {
  readonly limit: number;
}

const INCIDENT_COLUMNS: readonly Column<Incident>[] = [
  { name: 'id', value: ({ id }) => id },
  { name: 'severity', value: ({ severity }) => severity },
  { name: 'state', value: ({ state }) => state },
  { name: 'since', value: ({ openedAtMs }) => isoTime(openedAtMs) },
  { name: 'until', value: ({ resolvedAtMs }) => isoTime(resolvedAtMs) },
  { name: 'title', value: ({ title }) => title },
  { name: 'cause', value: ({ cause }) => cause },
  { name: 'affected', value: ({ members }) => members.length },
  { name: 'acknowledged', value: ({ ack }) => ack?.note ?? null },
];

const EVENT_COLUMNS: readonly Column<IncidentEvent>[] = [
  { name: 'at', value: ({ atMs }) => isoTime(atMs) },
  { name: 'event', value: ({ kind }) => kind },
  { name: 'text', value: ({ text }) => text },
];

export function addAlertCommands(program: Command): void {
  const alerts = program.command('alerts').description('What is wrong now, and who is told of it.');

  placed(alerts.command('list'), 'alerts list --format json')
    .description('The open incidents, worst first.')
    .action((options: PlaceOptions) =>
      serve(options, async (link) => {
        const snapshot = answerOf(await link.query('snapshot.get', null));
        return outcome(EXIT.ok, { columns: INCIDENT_COLUMNS, rows: snapshot.alerts.incidents });
      }),
    );

  placed(alerts.command('ack'), 'alerts ack 3f2a --note "waiting for the owner"')
    .description('Stop reminders of an incident until it gets worse.')
    .argument('<id>', 'of the incident, or how it begins')
    .requiredOption('--note <text>', 'why')
    .action((id: string, options: NoteOptions) =>
      serve(options, async (link) => {
        const incidentId = await findOpen(link, id);
        answerOf(await link.command('incident.ack', { incidentId, note: options.note }));
        return ordered(incidentId, 'acknowledged');
      }),
    );

  placed(alerts.command('snooze'), 'alerts snooze 3f2a --for 1h')
    .description('Hold notices of an incident back for a while.')
    .argument('<id>', 'of the incident, or how it begins')
    .option('--for <time>', 'for example 15m or 2h; until something changes when left out', readDuration)
    .action((id: string, options: SnoozeOptions) =>
      serve(options, async (link) => {
        const incidentId = await findOpen(link, id);
        const until = options.for === undefined ? 'until_change' : Date.now() + options.for;
        answerOf(await link.command('incident.snooze', { incidentId, until }));
        return ordered(incidentId, 'snoozed');
      }),
    );

  placed(alerts.command('silence'), 'alerts silence collector/top_pools --for 2h --reason "the source moves"')
    .description('Say nothing of a target for a while; what happens is recorded all the same.')
    .argument('<target>', 'as kind or kind/id, for example database/market', readTarget)
    .option('--for <time>', 'for how long', readDuration, HOUR_MS)
    .option('--maintenance', 'it is being worked on')
    .requiredOption('--reason <text>', 'why')
    .action((target: SilencedTarget, options: SilenceOptions) =>
      serve(options, (link) => silence(link, target, options)),
    );

  const incidents = program.command('incidents').description('Incidents of the past and the present.');

  placed(incidents.command('list', { isDefault: true }), 'incidents list --limit 20')
    .description('Newest first.')
    .option('--limit <count>', 'how many at most', readCount, DEFAULT_LIMIT)
    .action((options: ListOptions) =>
      serve(options, async (link) => {
        const args = { state: 'all', beforeMs: null, limit: options.limit } as const;
        const answer = answerOf(await link.query('incidents.list', args));
        return outcome(EXIT.ok, { columns: INCIDENT_COLUMNS, rows: answer.incidents });
      }),
    );

  placed(incidents.command('show'), 'incidents show 3f2a')
    .description('One incident with its timeline.')
    .argument('<id>', 'as `incidents list` shows it, or how it begins')
    .action((id: string, options: PlaceOptions) => serve(options, (link) => show(link, id)));
}

async function silence(link: Link, target: SilencedTarget, options: SilenceOptions): Promise<Outcome> {
  const args: SilenceArgs = {
    ...target,
    kind: options.maintenance ? 'maintenance' : 'silence',
    ruleId: null,
    untilMs: Date.now() + options.for,
    reason: options.reason,
  };
  const { id } = answerOf(await link.command('silence.start', args));
  return ordered(id, 'silenced');
}

async function show(link: Link, incidentId: string): Promise<Outcome> {
  const whole = answerOf(await link.query('incidents.get', { incidentId }));
  const details = whole ?? answerOf(await link.query('incidents.get', { incidentId: await findAny(link, incidentId) }));
  if (details === null) throw new CommandError(EXIT.refused, NEVER);
  const { title, cause, advice } = details.incident;
  note([title, cause, advice].filter((part) => part !== null && part !== '').join(' · '));
  return outcome(EXIT.ok, { columns: EVENT_COLUMNS, rows: details.timeline, json: details });
}

async function findAny(link: Link, beginning: string): Promise<string> {
  const args = { state: 'all', beforeMs: null, limit: LOOKED_THROUGH } as const;
  return theOne(answerOf(await link.query('incidents.list', args)).incidents, beginning, NEVER, 'Several incidents');
}

async function findOpen(link: Link, beginning: string): Promise<string> {
  const { alerts } = answerOf(await link.query('snapshot.get', null));
  return theOne(alerts.incidents, beginning, 'No open incident has this id.', 'Several open incidents');
}

/** Ids are long; whoever types one may stop where it is unique. */
function theOne(incidents: readonly Pick<Incident, 'id'>[], beginning: string, none: string, several: string): string {
  const [found, other] = incidents.filter(({ id }) => id.startsWith(beginning));
  if (!found) throw new CommandError(EXIT.refused, none);
  if (other) throw new CommandError(EXIT.refused, `${several} begin like this; type more of the id.`);
  return found.id;
}

const NEVER = 'There never was such an incident.';
/** Newest ones among which an id is looked for by its beginning. */
const LOOKED_THROUGH = 500;

type SilencedTarget = Pick<SilenceArgs, 'targetKind' | 'targetId'>;

function readTarget(text: string): SilencedTarget {
  const [kind, ...id] = text.split('/');
  if (!isTargetKind(kind)) throw new InvalidArgumentError(`It must begin with one of ${TARGET_KINDS.join(', ')}.`);
  return { targetKind: kind, targetId: id.length === 0 ? null : id.join('/') };
}

function isTargetKind(text: string | undefined): text is TargetKind {
  return TARGET_KINDS.some((kind) => kind === text);
}

function readCount(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 to 999.');
  return Number(text);
}
