// What a person can take away as a file.
import type { CommandAnswer, CommandArgs } from '../../../shared/contract/commands';
import { fail, ok, type Result } from '../../../shared/contract/envelope';
import type { ExportArgs, ExportFigures, ExportFormat, ExportSubject } from '../../../shared/contract/exports';
import { exportRows } from '../../export/exportRows';
import { databaseOf } from '../../storage/databaseOf';
import type { CommandHandlers } from '../application';
import type { Engine } from '../engine';
import { type HandlerContext, ordering } from './context';

const EXTENSIONS: Readonly<Record<ExportFormat, string>> = {
  csv: '.csv',
  jsonl: '.jsonl',
  parquet: '.parquet',
  qlib_folder: '',
  qlib_file: '.csv',
};

export function exportCommands(context: HandlerContext): Pick<CommandHandlers, 'pools.export' | 'table.export'> {
  return {
    'pools.export': (args) =>
      ordering<CommandAnswer<'pools.export'>>(context, async (engine) => {
        const subject = { kind: 'pools', ...args } as const;
        const exported = await exportTable(context, engine, {
          subject,
          format: 'csv',
          byteOrderMark: false,
          path: null,
        });
        return exported.ok ? ok({ path: exported.value.path, rows: exported.value.rows }) : exported;
      }),
    'table.export': (args) => ordering(context, (engine) => exportTable(context, engine, args)),
  };
}

async function exportTable(
  { clock, operations, ports, threads }: HandlerContext,
  engine: Engine,
  args: CommandArgs<'table.export'>,
): Promise<Result<CommandAnswer<'table.export'>>> {
  const name = nameOf(args.subject);
  const suggested = `${name}-${new Date(clock.wallMs()).toISOString().slice(0, 10)}${EXTENSIONS[args.format]}`;
  const path = args.path ?? (await ports.chooseSaveFile(suggested));
  if (path === null) return ok({ path: null, rows: 0, files: 0 });
  let figures: ExportFigures | null = null;
  const plan = { kind: 'export', subject: path, title: `Exporting ${name}` } as const;
  const started = operations.start(plan, async (work) => {
    const options: ExportArgs = args;
    figures = await exportRows(
      { ...options, store: storeOf(engine, args.subject), target: path, exporter: threads.exporter },
      work,
    );
    return `${figures.rows} rows were written to ${path}.`;
  });
  if (!started.ok) return started;
  const { detail } = await started.value.ended;
  const written = figures as ExportFigures | null;
  if (written === null) return fail('unavailable', `Nothing was exported: ${detail ?? 'it was called off'}`);
  return ok({ path, rows: written.rows, files: written.files });
}

function storeOf(engine: Engine, subject: ExportSubject): Engine['market'] {
  return engine[subject.kind === 'table' ? databaseOf(subject.table) : 'market'];
}

function nameOf(subject: ExportSubject): string {
  return subject.kind === 'table' ? subject.table : subject.kind;
}
