// What a person can bring in from elsewhere.
import type { CommandAnswer, CommandArgs } from '../../../shared/contract/commands';
import { fail, ok, type Result } from '../../../shared/contract/envelope';
import type { LongWork } from '../../../shared/domain/operation';
import { type ImportOptions, previewImport, runImport } from '../../import/importFiles';
import type { ApplicationPorts, CommandHandlers } from '../application';
import type { Engine } from '../engine';
import { type HandlerContext, ordering } from './context';

export function importCommands(context: HandlerContext): Pick<CommandHandlers, 'import.preview' | 'import.run'> {
  const previews = new PreviewedPlaces();
  return {
    'import.preview': (args) =>
      ordering<CommandAnswer<'import.preview'>>(context, async (engine) => {
        const path = await previews.pathOf(args.place, context.ports);
        if (!path.ok || path.value === null) return path as Result<null>;
        const report = await onBoard(context, engine, args, path.value, 'Looking through', previewImport);
        return report.ok ? ok({ previewId: previews.add(path.value), path: path.value, report: report.value }) : report;
      }),
    'import.run': (args) =>
      ordering<CommandAnswer<'import.run'>>(context, async (engine) => {
        const path = await previews.pathOf(args.place, context.ports);
        if (!path.ok || path.value === null) return path as Result<null>;
        const outcome = await onBoard(context, engine, args, path.value, 'Importing', runImport);
        return outcome.ok ? ok({ path: path.value, outcome: outcome.value }) : outcome;
      }),
  };
}

/** What a person chose in a dialog and may import without being asked again. */
class PreviewedPlaces {
  readonly #paths = new Map<string, string>();

  add(path: string): string {
    const id = `import-${this.#paths.size + 1}`;
    this.#paths.set(id, path);
    return id;
  }

  async pathOf(place: CommandArgs<'import.run'>['place'], ports: ApplicationPorts): Promise<Result<string | null>> {
    if (place.kind === 'path') return ok(place.path);
    if (place.kind === 'ask') return ok(await ports.chooseOpenPlace(place.what));
    const path = this.#paths.get(place.previewId);
    return path === undefined ? fail('not_found', 'There is no such preview.') : ok(path);
  }
}

async function onBoard<
  Report extends { readonly tables: readonly { readonly read: number; readonly accepted: number }[] },
>(
  { clock, operations, threads }: HandlerContext,
  { market }: Engine,
  { networkId, tradeOffsetMinutes }: CommandArgs<'import.run'>,
  path: string,
  doing: string,
  work: (options: ImportOptions, work: LongWork) => Promise<Report>,
): Promise<Result<Report>> {
  const args = { networkId, tradeOffsetMinutes };
  let report: Report | null = null;
  const started = operations.start(
    { kind: 'import', subject: market.name, title: `${doing} ${path}` },
    async (long) => {
      report = await work({ args, path, store: market, clock, importer: threads.importer }, long);
      const sum = (name: 'read' | 'accepted'): number =>
        report?.tables.reduce((total, table) => total + table[name], 0) ?? 0;
      return `${sum('accepted')} of ${sum('read')} rows are of use.`;
    },
  );
  if (!started.ok) return started;
  const { detail } = await started.value.ended;
  const made = report as Report | null;
  return made === null ? fail('unavailable', detail ?? 'The import was called off.') : ok(made);
}
