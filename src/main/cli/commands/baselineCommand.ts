// `metrics baseline`: keeps the present performance, and compares later ones with it.
import type { Command } from 'commander';
import type { BaselineLine } from '../../../shared/domain/series';
import { readCount } from '../numbers';
import { answerOf, CommandError, EXIT } from '../outcome';
import { isoTime } from '../print/cells';
import type { Column } from '../print/report';
import { outcome, placed, type PlaceOptions, serve } from '../serve';
import { note } from '../words';
import { rounded } from './figureColumns';

const DEFAULT_HOURS = 24;

interface BaselineOptions extends PlaceOptions {
  readonly capture?: true;
  readonly hours: number;
}

const COLUMNS: readonly Column<BaselineLine>[] = [
  { name: 'metric', value: ({ metric }) => metric },
  { name: 'target', value: ({ target }) => target.id },
  { name: 'captured_p50', value: ({ captured }) => rounded(captured.p50) },
  { name: 'present_p50', value: ({ present }) => rounded(present?.p50 ?? null) },
  { name: 'captured_p95', value: ({ captured }) => rounded(captured.p95) },
  { name: 'present_p95', value: ({ present }) => rounded(present?.p95 ?? null) },
  { name: 'p95_ratio', value: ({ captured, present }) => ratio(captured.p95, present?.p95) },
];

export function addBaselineCommand(metrics: Command): void {
  placed(metrics.command('baseline'), 'metrics baseline --capture')
    .description('Performance of the last hours beside the baseline that was captured last.')
    .option('--capture', 'keep that of the last hours as the baseline')
    .option('--hours <count>', 'how many hours to capture', readCount, DEFAULT_HOURS)
    .action((options: BaselineOptions) =>
      serve(options, async (link) => {
        if (options.capture) {
          const { series } = answerOf(await link.command('baseline.capture', { hours: options.hours }));
          note(`Captured ${series} series of the last ${options.hours} hours.`);
        }
        const compared = answerOf(await link.query('baseline.compare', null));
        if (!compared) throw new CommandError(EXIT.refused, 'No baseline was captured yet; --capture does.');
        note(`Baseline of ${compared.hours} hours, captured at ${isoTime(compared.capturedAtMs)}.`);
        return outcome(EXIT.ok, { columns: COLUMNS, rows: compared.lines, json: compared });
      }),
    );
}

function ratio(captured: number, present: number | undefined): number | null {
  return present === undefined || captured === 0 ? null : rounded(present / captured);
}
