// The collectors: what they do, stopping and starting them, and running one by hand.
import type { Command } from 'commander';
import type { CollectorSlice } from '../../../shared/contract/snapshot';
import { COLLECTOR_IDS, type CollectorId, type RunReport } from '../../../shared/domain/collector';
import type { FieldCompleteness } from '../../../shared/domain/runQuality';
import type { Result } from '../../../shared/contract/envelope';
import { formatDuration } from '../../../shared/util/format';
import { readDuration } from '../duration';
import { type Link, until } from '../link/link';
import { interruptible } from '../interrupt';
import { answerOf, CommandError, EXIT, type ExitCode } from '../outcome';
import type { Column } from '../print/report';
import { outcome, type Outcome, placed, type PlaceOptions, serve } from '../serve';
import { isoTime } from '../print/cells';
import { note } from '../words';
import { ALL, readCollector, readCollectors } from './collectorArgument';

export function addCollectorCommands(program: Command): void {
  placed(program.command('collectors'), 'collectors --format csv')
    .description('Every collector: how it is, what its last run did, when the next is due.')
    .action((options: PlaceOptions) => serve(options, listCollectors));

  placed(program.command('collect'), 'collect top_pools')
    .description('Run one collector once, now, and print its report.')
    .argument('<collector>', COLLECTOR_IDS.join(', '), readCollector)
    .action((id: CollectorId, options: PlaceOptions) => serve(options, (link) => collectOnce(link, id)));

  placed(program.command('pause'), 'pause top_pools --for 30m')
    .description('Let a collector rest; it stays paused over restarts.')
    .argument('<collector>', `one of them, or ${ALL}`, readCollectors)
    .option('--for <span>', 'how long, for example 30m; without it until resumed', readDuration)
    .action((ids: readonly CollectorId[], options: PlaceOptions & { readonly for?: number }) => {
      const untilMs = options.for === undefined ? null : Date.now() + options.for;
      return serve(options, (link) =>
        orderEach(ids, 'paused', (collectorId) => link.command('collector.pause', { collectorId, untilMs })),
      );
    });

  placed(program.command('resume'), 'resume all')
    .description('End a pause.')
    .argument('<collector>', `one of them, or ${ALL}`, readCollectors)
    .action((ids: readonly CollectorId[], options: PlaceOptions) =>
      serve(options, async (link) => {
        const { collectors } = answerOf(await link.query('snapshot.get', null));
        const paused = collectors.flatMap(({ id, pause }) => (pause ? [id] : []));
        const meant = ids.length === 1 ? ids : ids.filter((id) => paused.includes(id));
        return await orderEach(meant, 'resumed', (collectorId) => link.command('collector.resume', { collectorId }));
      }),
    );

  placed(program.command('retry'), 'retry ohlcv')
    .description('Have the running Poolwatch start a run at once, also while the collector is paused or cools down.')
    .argument('<collector>', `one of them, or ${ALL}`, readCollectors)
    .action((ids: readonly CollectorId[], options: PlaceOptions) =>
      serve(options, (link) => {
        if (!link.instance)
          throw new CommandError(EXIT.refused, 'No Poolwatch runs on this profile; `collect` runs a collector here.');
        return orderEach(ids, 'started', (collectorId) => link.command('collector.runNow', { collectorId }));
      }),
    );
}

const COLLECTOR_COLUMNS: readonly Column<CollectorSlice>[] = [
  { name: 'collector', value: ({ id }) => id },
  { name: 'health', value: ({ health }) => health },
  { name: 'every', value: ({ intervalMs }) => intervalMs, text: ({ intervalMs }) => formatDuration(intervalMs) },
  { name: 'last_run_at', value: ({ lastRun }) => isoTime(lastRun?.endedAtMs) },
  { name: 'outcome', value: ({ lastRun }) => lastRun?.outcome ?? null },
  { name: 'new', value: ({ lastRun }) => lastRun?.inserted ?? null },
  { name: 'changed', value: ({ lastRun }) => lastRun?.changed ?? null },
  { name: 'rejected', value: ({ lastRun }) => (lastRun ? rejectedOf(lastRun) : null) },
  { name: 'next_due_at', value: ({ nextDueAtMs }) => isoTime(nextDueAtMs) },
  { name: 'paused_until', value: ({ pause }) => (pause ? (isoTime(pause.untilMs) ?? 'resumed') : null) },
  { name: 'cause', value: ({ cause }) => cause },
];

async function listCollectors(link: Link): Promise<Outcome> {
  const { collectors } = answerOf(await link.query('snapshot.get', null));
  return outcome(EXIT.ok, { columns: COLLECTOR_COLUMNS, rows: collectors });
}

interface OrderLine {
  readonly collector: CollectorId;
  readonly result: string;
  readonly detail: string | null;
}

const ORDER_COLUMNS: readonly Column<OrderLine>[] = [
  { name: 'collector', value: ({ collector }) => collector },
  { name: 'result', value: ({ result }) => result },
  { name: 'detail', value: ({ detail }) => detail },
];

/** One refusal does not keep the others from being asked; the worst of them is the exit code. */
async function orderEach(
  ids: readonly CollectorId[],
  done: string,
  order: (id: CollectorId) => Promise<Result<null>>,
): Promise<Outcome> {
  const rows: OrderLine[] = [];
  let exitCode: ExitCode = EXIT.ok;
  for (const collector of ids) {
    const result = await order(collector);
    if (!result.ok) {
      exitCode = EXIT.refused;
      note(`${collector}: ${result.error.message}`);
    }
    rows.push({
      collector,
      result: result.ok ? done : 'refused',
      detail: result.ok ? null : result.error.message,
    });
  }
  return outcome(exitCode, { columns: ORDER_COLUMNS, rows });
}

const RUN_COLUMNS: readonly Column<RunReport>[] = [
  { name: 'collector', value: ({ collectorId }) => collectorId },
  { name: 'outcome', value: ({ outcome: word }) => word },
  { name: 'fetched', value: ({ fetched }) => fetched },
  { name: 'valid', value: ({ valid }) => valid },
  { name: 'new', value: ({ inserted }) => inserted },
  { name: 'changed', value: ({ changed }) => changed },
  { name: 'unchanged', value: ({ unchanged }) => unchanged },
  { name: 'rejected', value: rejectedOf },
  { name: 'calls', value: ({ calls }) => calls },
  { name: 'took', value: ({ durationMs }) => durationMs, text: ({ durationMs }) => formatDuration(durationMs) },
  {
    name: 'rejected_because',
    value: ({ rejected }) => rejected.map(({ reason, count }) => `${count} × ${reason}`).join('; ') || null,
  },
  { name: 'incomplete', value: ({ quality }) => incompleteIn(quality?.completeness ?? []) },
  { name: 'newest_data_at', value: ({ quality }) => isoTime(quality?.newestDataAtMs) },
  { name: 'hard_to_believe', value: ({ quality }) => quality?.flagged ?? null },
  { name: 'error', value: ({ error }) => error?.message ?? null },
];

async function collectOnce(link: Link, collectorId: CollectorId): Promise<Outcome> {
  const before = answerOf(await link.query('snapshot.get', null));
  const idBefore = before.collectors.find(({ id }) => id === collectorId)?.lastRun?.id ?? null;
  const report = await interruptible(async (signal) => {
    answerOf(await link.command('collector.runNow', { collectorId }));
    return await until(
      link,
      ({ collectors }) => {
        const lastRun = collectors.find(({ id }) => id === collectorId)?.lastRun ?? null;
        // A run that was ordered is alone: the next one to end is it.
        return lastRun && lastRun.id !== idBefore ? lastRun : null;
      },
      signal,
    );
  });
  if (report === null) {
    if (link.instance) note('the run goes on in the running Poolwatch.');
    return { exitCode: EXIT.interrupted, report: null };
  }
  if (report.error) note(report.error.message);
  for (const { subject, detail } of report.quality?.flags ?? []) note(`${subject}: ${detail}`);
  const worked = report.outcome === 'ok' || report.outcome === 'partial';
  return outcome(worked ? EXIT.ok : EXIT.failed, { columns: RUN_COLUMNS, rows: [report], json: report });
}

/** The key fields that some rows lack; null when all have them. */
function incompleteIn(fields: readonly FieldCompleteness[]): string | null {
  const lacking = fields.filter(({ filled, rows }) => filled < rows);
  return lacking.map(({ table, field, filled, rows }) => `${table}.${field} ${filled} of ${rows}`).join('; ') || null;
}

function rejectedOf({ rejected }: RunReport): number {
  return rejected.reduce((sum, { count }) => sum + count, 0);
}
