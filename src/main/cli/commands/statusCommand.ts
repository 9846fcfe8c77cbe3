// `status`: is everything all right, and is anybody at work at all.
import type { Command } from 'commander';
import type { AppSnapshot } from '../../../shared/contract/snapshot';
import { formatQuantity } from '../../../shared/util/format';
import type { Link } from '../link/link';
import { answerOf, EXIT } from '../outcome';
import type { Column } from '../print/report';
import { outcome, type Outcome, placed, type PlaceOptions, serve } from '../serve';

export function addStatusCommand(program: Command): void {
  placed(program.command('status'), 'status --format json')
    .description(
      'The verdict, the collectors, the databases and the API budget, in one look. Exits 1 when something is down.',
    )
    .action((options: PlaceOptions) => serve(options, showStatus));
}

interface StatusLine {
  readonly item: string;
  readonly state: string;
  readonly detail: string | null;
}

const COLUMNS: readonly Column<StatusLine>[] = [
  { name: 'item', value: ({ item }) => item },
  { name: 'state', value: ({ state }) => state },
  { name: 'detail', value: ({ detail }) => detail },
];

async function showStatus(link: Link): Promise<Outcome> {
  const snapshot = answerOf(await link.query('snapshot.get', null));
  const { app, verdict, collectors, databases, hosts, operations } = snapshot;
  const isDown = link.instance !== null && verdict.level === 'down';
  return outcome(isDown ? EXIT.failed : EXIT.ok, {
    columns: COLUMNS,
    rows: [programLine(link, snapshot), ...detailLines(snapshot)],
    json: {
      running: link.instance !== null,
      pid: link.instance?.pid ?? null,
      mode: app.mode,
      dataDir: app.dataDir,
      verdict,
      collectors,
      databases,
      hosts,
      operations,
    },
  });
}

function programLine({ instance }: Link, { app, verdict }: AppSnapshot): StatusLine {
  const item = `poolwatch (${app.mode})`;
  if (!instance) return { item, state: 'not running', detail: 'What follows is what the last session left behind.' };
  return { item, state: verdict.level, detail: `process ${instance.pid}: ${verdict.sentence}` };
}

function detailLines({ collectors, databases, hosts, operations }: AppSnapshot): readonly StatusLine[] {
  return [
    ...collectors.map(({ id, health, cause }) => ({ item: id, state: health, detail: cause })),
    ...databases.map(({ name, state, cause, tables }) => ({
      item: `${name}.db`,
      state,
      detail:
        cause ??
        formatQuantity(
          tables.reduce((sum, { rows }) => sum + rows, 0),
          'row',
        ),
    })),
    ...hosts.map(({ host, callsPerMinute, callsInWindow, throttledUntilMs }) => ({
      item: host,
      state: throttledUntilMs === null ? 'ok' : 'throttled',
      detail: `${callsInWindow} of ${callsPerMinute} calls in the last minute`,
    })),
    ...operations.map(({ title, state, detail }) => ({ item: title, state, detail })),
  ];
}
