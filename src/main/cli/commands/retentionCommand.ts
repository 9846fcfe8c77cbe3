// `retention`: how long what is kept, and what that costs.
import type { Command } from 'commander';
import { DATABASE_NAMES, type DatabaseName } from '../../../shared/domain/database';
import type { RetentionTier } from '../../../shared/domain/retention';
import { answerOf, EXIT } from '../outcome';
import { isoTime } from '../print/cells';
import type { Column } from '../print/report';
import { outcome, placed, type PlaceOptions, serve } from '../serve';
import { note } from '../words';

interface TierLine extends RetentionTier {
  readonly database: DatabaseName;
}

const BYTES_PER_MB = 1024 ** 2;
const inMegabytes = (bytes: number | undefined): number | null =>
  bytes === undefined ? null : Number((bytes / BYTES_PER_MB).toFixed(2));

const COLUMNS: readonly Column<TierLine>[] = [
  { name: 'database', value: ({ database }) => database },
  { name: 'table', value: ({ table, timeframe }) => (timeframe === null ? table : `${table} (${timeframe})`) },
  { name: 'keep_days', value: ({ keepDays }) => keepDays ?? 'for ever' },
  { name: 'rows', value: ({ rows }) => rows },
  { name: 'partitions', value: ({ partitions }) => partitions },
  { name: 'oldest_at', value: ({ oldestAtMs }) => isoTime(oldestAtMs) },
  { name: 'mb', value: ({ estimatedBytes }) => inMegabytes(estimatedBytes) },
  { name: 'rows_per_day', value: ({ perDay }) => perDay?.rows ?? null },
  { name: 'mb_per_day', value: ({ perDay }) => inMegabytes(perDay?.estimatedBytes) },
  { name: 'mb_when_full', value: ({ whenFull }) => inMegabytes(whenFull?.estimatedBytes) },
];

export function addRetentionCommand(program: Command): void {
  placed(program.command('retention'), 'retention')
    .description('How long rows are kept, how many there are, and what each day of them costs.')
    .action((options: PlaceOptions) =>
      serve(options, async (link) => {
        const rows: TierLine[] = [];
        for (const database of DATABASE_NAMES) {
          const { tiers } = answerOf(await link.query('retention.cost', { database }));
          rows.push(...tiers.map((tier) => ({ database, ...tier })));
        }
        note('Sizes are estimates, from the widths of a few rows of each table with their indexes.');
        return outcome(EXIT.ok, { columns: COLUMNS, rows });
      }),
    );
}
