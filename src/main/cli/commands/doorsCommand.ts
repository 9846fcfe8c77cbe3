// `doors`: whether other programs may look on, where, and where the token lies. It opens and shuts nothing: the settings do.
import type { Command } from 'commander';
import type { DoorsStatus } from '../../../shared/contract/doors';
import { answerOf, EXIT } from '../outcome';
import { isoTime } from '../print/cells';
import type { Column } from '../print/report';
import { outcome, placed, type PlaceOptions, serve } from '../serve';

interface DoorLine {
  readonly door: string;
  readonly state: string;
  readonly detail: string | null;
}

const COLUMNS: readonly Column<DoorLine>[] = [
  { name: 'door', value: ({ door }) => door },
  { name: 'state', value: ({ state }) => state },
  { name: 'detail', value: ({ detail }) => detail },
];

export function addDoorsCommand(program: Command): void {
  placed(program.command('doors'), 'doors')
    .description(
      'Where metrics are served and where their token lies, and whether pings arrive. Both are off by default.',
    )
    .action((options: PlaceOptions) =>
      serve(options, async (link) => {
        const status = answerOf(await link.query('doors.status', null));
        const rows = [metricsLine(status), pingLine(status)];
        return outcome(EXIT.ok, { columns: COLUMNS, rows, json: status });
      }),
    );
}

function metricsLine({ metrics }: DoorsStatus): DoorLine {
  const door = 'metrics';
  if (metrics.address !== null) {
    return { door, state: 'open', detail: `${metrics.address}/metrics, token in ${metrics.tokenFile}` };
  }
  return metrics.enabled
    ? { door, state: 'shut', detail: metrics.problem ?? 'No Poolwatch runs on this profile.' }
    : { door, state: 'off', detail: null };
}

function pingLine({ ping }: DoorsStatus): DoorLine {
  const door = 'ping';
  if (!ping.enabled) return { door, state: 'off', detail: null };
  if (ping.failures > 0) return { door, state: 'failing', detail: ping.lastError };
  return ping.lastTakenAtMs === null
    ? { door, state: 'waiting', detail: 'None was sent yet.' }
    : { door, state: 'ok', detail: `last taken at ${isoTime(ping.lastTakenAtMs)}` };
}
