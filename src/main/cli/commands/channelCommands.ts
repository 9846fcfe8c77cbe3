// `channels`: where notices go. They belong to the instance that runs, which alone holds their addresses.
import { type Command, Option } from 'commander';
import type { ChannelStatus, SaveChannelArgs } from '../../../shared/contract/delivery';
import { SEVERITIES, type Severity } from '../../../shared/domain/alerts';
import { REMOTE_CHANNEL_KINDS, type RemoteChannelKind } from '../../../shared/domain/delivery';
import type { Link } from '../link/link';
import { answerOf, CommandError, EXIT } from '../outcome';
import { ordered } from '../ordered';
import { isoTime } from '../print/cells';
import type { Column } from '../print/report';
import { outcome, type Outcome, placed, type PlaceOptions, serve } from '../serve';
import { note } from '../words';

/** Not options: other users of a machine can read the arguments of a process. */
const URL_VARIABLE = 'POOLWATCH_CHANNEL_URL';
const TOKEN_VARIABLE = 'POOLWATCH_CHANNEL_TOKEN';

interface SaveOptions extends PlaceOptions {
  readonly title?: string;
  readonly kind?: RemoteChannelKind;
  readonly severity?: Severity;
  readonly on?: true;
  readonly off?: true;
}

const COLUMNS: readonly Column<ChannelStatus>[] = [
  { name: 'id', value: ({ id }) => id },
  { name: 'kind', value: ({ kind }) => kind },
  { name: 'title', value: ({ title }) => title },
  { name: 'host', value: ({ host }) => host },
  { name: 'on', value: ({ enabled }) => (enabled ? 'yes' : 'no') },
  { name: 'from', value: ({ minSeverity }) => minSeverity },
  { name: 'failures', value: ({ failures }) => failures },
  { name: 'last_error', value: ({ lastError }) => lastError },
  { name: 'last_sent', value: ({ lastSentAtMs }) => isoTime(lastSentAtMs) },
  { name: 'waiting', value: ({ waiting }) => waiting },
];

export function addChannelCommands(program: Command): void {
  const channels = program.command('channels').description('Where notices go, and how each place fares.');

  placed(channels.command('list', { isDefault: true }), 'channels list')
    .description('Every channel of the running Poolwatch.')
    .action((options: PlaceOptions) =>
      serve(options, async (link) => outcome(EXIT.ok, { columns: COLUMNS, rows: await listed(link) })),
    );

  placed(channels.command('save'), 'channels save --kind ntfy --title Phone --severity critical')
    .description(
      `Add a channel, or change one. Its address is read from ${URL_VARIABLE}, its token from ${TOKEN_VARIABLE}; ` +
        'without them the ones that are kept stay.',
    )
    .argument('[id]', 'of the one to change; adds one when left out')
    .addOption(new Option('--kind <kind>', 'what the receiver expects').choices(REMOTE_CHANNEL_KINDS))
    .option('--title <text>', 'what it is called')
    .addOption(new Option('--severity <severity>', 'the least it is told of').choices(SEVERITIES))
    .addOption(new Option('--on', 'send notices there').conflicts('off'))
    .option('--off', 'send nothing there')
    .action((id: string | undefined, options: SaveOptions) => serve(options, (link) => save(link, id, options)));

  placed(channels.command('test'), 'channels test desktop')
    .description('Send a test message now.')
    .argument('<id>', 'as `channels list` shows it')
    .action((id: string, options: PlaceOptions) =>
      serve(options, async (link) => {
        requireInstance(link);
        answerOf(await link.command('channel.test', { channelId: id }));
        return ordered(id, 'the test message was taken');
      }),
    );

  placed(channels.command('remove'), 'channels remove ntfy-0a1b2c3d')
    .description('Forget a channel with its address. The log of deliveries stays.')
    .argument('<id>', 'as `channels list` shows it')
    .action((id: string, options: PlaceOptions) =>
      serve(options, async (link) => {
        requireInstance(link);
        answerOf(await link.command('channel.remove', { channelId: id }));
        return ordered(id, 'removed');
      }),
    );
}

async function save(link: Link, id: string | undefined, options: SaveOptions): Promise<Outcome> {
  const present = id === undefined ? undefined : (await listed(link)).find((channel) => channel.id === id);
  if (id !== undefined && !present) throw new CommandError(EXIT.refused, 'There is no such channel.');
  requireInstance(link);
  const answer = answerOf(await link.command('channel.save', argsFor(present, options)));
  if (answer.addressKept === 'memory')
    note('the running Poolwatch has no keychain: the address is kept until it ends.');
  return ordered(answer.id, 'saved');
}

function argsFor(present: ChannelStatus | undefined, options: SaveOptions): SaveChannelArgs {
  const enabled = options.off ? false : (options.on ?? present?.enabled ?? true);
  const minSeverity = options.severity ?? present?.minSeverity ?? 'warning';
  if (present?.kind === 'desktop') return { kind: 'desktop', enabled, minSeverity };
  const kind = options.kind ?? present?.kind;
  const title = options.title ?? present?.title;
  if (kind === undefined || title === undefined)
    throw new CommandError(EXIT.refused, 'A new channel needs --kind and --title.');
  const url = process.env[URL_VARIABLE];
  const token = process.env[TOKEN_VARIABLE] || null;
  const address = url || token !== null ? { url: url ?? '', token } : null;
  return { kind, id: present?.id ?? null, title, enabled, minSeverity, address };
}

async function listed(link: Link): Promise<readonly ChannelStatus[]> {
  requireInstance(link);
  return answerOf(await link.query('channels.list', null)).channels;
}

function requireInstance(link: Link): void {
  if (link.instance === null)
    throw new CommandError(EXIT.refused, 'No Poolwatch runs on this profile: start it, it keeps the channels.');
}
