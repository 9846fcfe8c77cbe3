// `data-quality`: how good what was collected is, table by table and collector by collector.
import type { Command } from 'commander';
import { answerOf, EXIT } from '../outcome';
import { isoTime } from '../print/cells';
import type { Column } from '../print/report';
import { outcome, placed, type PlaceOptions, serve } from '../serve';
import { note } from '../words';

interface QualityLine {
  readonly kind: 'table' | 'collector';
  readonly name: string;
  readonly rows: number | null;
  readonly newestAtMs: number | null;
  readonly verdicts: readonly string[];
}

const COLUMNS: readonly Column<QualityLine>[] = [
  { name: 'kind', value: ({ kind }) => kind },
  { name: 'name', value: ({ name }) => name },
  { name: 'rows', value: ({ rows }) => rows },
  { name: 'newest_at', value: ({ newestAtMs }) => isoTime(newestAtMs) },
  { name: 'verdict', value: ({ verdicts }) => verdicts.join(' ') || 'ok' },
];

export function addQualityCommand(program: Command): void {
  placed(program.command('data-quality'), 'data-quality --format json')
    .description('How complete, fresh and believable the collected data is. Reads the tables whole.')
    .action((options: PlaceOptions) =>
      serve(options, async (link) => {
        const report = answerOf(await link.query('quality.report', null));
        note(report.verdict);
        const tables = report.tables.map(({ table, rows, newestAtMs, verdicts }): QualityLine => ({
          ...{ kind: 'table', name: table, rows, newestAtMs, verdicts },
        }));
        const collectors = report.collectors.map(({ collectorId, lastSuccessAtMs, verdicts }): QualityLine => ({
          ...{ kind: 'collector', name: collectorId, rows: null, newestAtMs: lastSuccessAtMs, verdicts },
        }));
        return outcome(EXIT.ok, { columns: COLUMNS, rows: [...tables, ...collectors], json: report });
      }),
    );
}
