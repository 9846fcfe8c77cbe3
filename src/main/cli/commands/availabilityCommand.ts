// `metrics availability`: how much of the time collectors and databases worked, each figure with the share that was observed.
import type { Command } from 'commander';
import type { AvailabilityFigure, Objective } from '../../../shared/domain/availability';
import { formatDuration } from '../../../shared/util/format';
import { answerOf, EXIT } from '../outcome';
import type { Column } from '../print/report';
import { outcome, serve } from '../serve';
import { note } from '../words';
import { rounded, shareColumn } from './figureColumns';
import { windowOf, type WindowOptions, withLast } from './lastOption';

interface Line extends Objective {
  readonly name: string;
  readonly time: AvailabilityFigure;
  /** Null for a database. */
  readonly runs: AvailabilityFigure | null;
  readonly data: AvailabilityFigure | null;
}

const COLUMNS: readonly Column<Line>[] = [
  { name: 'name', value: ({ name }) => name },
  ...figure('time', ({ time }) => time),
  ...figure('runs', ({ runs }) => runs),
  ...figure('data', ({ data }) => data),
  shareColumn('objective', ({ budget }) => budget.objective),
  // It can be more than all of it.
  { name: 'budget_used', value: ({ budget }) => rounded(budget.used), text: ({ budget }) => percent(budget.used) },
  { name: 'burning', value: ({ burnRates }) => burnRates.some(({ isBurning }) => isBurning) },
];

function figure(name: string, pick: (line: Line) => AvailabilityFigure | null): readonly Column<Line>[] {
  return [
    shareColumn(name, (line) => pick(line)?.share ?? null),
    shareColumn(`${name}_observed`, (line) => pick(line)?.coverage ?? null),
  ];
}

export function addAvailabilityCommand(metrics: Command): void {
  withLast(metrics.command('availability'), 'metrics availability --last 168h')
    .description(
      'How much of the time things worked. `time`: its latest run had worked; `runs`: expected runs that worked in time; ' +
        '`data`: the data was as fresh as promised. Each with the share that was observed.',
    )
    .action((options: WindowOptions) =>
      serve(options, async (link) => {
        const report = answerOf(await link.query('availability.get', windowOf(options)));
        const lines: readonly Line[] = [
          ...report.collectors.map((each) => ({ ...each, name: each.collectorId })),
          ...report.databases.map((each) => ({ ...each, name: `${each.database}.db`, runs: null, data: null })),
        ];
        for (const { name, burnRates } of lines) {
          for (const { isBurning, windowMs, rate } of burnRates)
            if (isBurning)
              note(
                `${name} uses up its error budget ${rate?.toFixed(1)} times too fast (${formatDuration(windowMs)}).`,
              );
        }
        return outcome(EXIT.ok, { columns: COLUMNS, rows: lines, json: report });
      }),
    );
}

function percent(share: number | null): string {
  return share === null ? '–' : `${Math.round(100 * share)} %`;
}
