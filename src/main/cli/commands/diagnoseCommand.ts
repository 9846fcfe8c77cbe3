// `diagnose`: looks at the program's surroundings, step by step, and says what to do about what it finds.
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { DIAGNOSTIC_STEPS, type DiagnosticResult, type DiagnosticStepId } from '../../../shared/domain/diagnostics';
import { formatBytes } from '../../../shared/util/format';
import type { Link } from '../link/link';
import { withProgress, workToItsEnd } from '../longWork';
import { answerOf, CommandError, EXIT } from '../outcome';
import type { Column } from '../print/report';
import { outcome, placed, type PlaceOptions, serve } from '../serve';
import { note } from '../words';

const COLUMNS: readonly Column<DiagnosticResult>[] = [
  { name: 'step', value: ({ title }) => title },
  { name: 'verdict', value: ({ verdict }) => verdict },
  { name: 'took_ms', value: ({ durationMs }) => Math.round(durationMs) },
  { name: 'finding', value: ({ finding, advice }) => (advice === null ? finding : `${finding} ${advice}`) },
];

interface DiagnoseOptions extends PlaceOptions {
  readonly step?: readonly DiagnosticStepId[];
  readonly markdown?: true;
  readonly bundle?: string;
}

export function addDiagnoseCommand(program: Command): void {
  placed(program.command('diagnose'), 'diagnose --markdown')
    .description(
      'Look at the program and its surroundings: folder, disk, databases, the way to the source. Under 20 s.',
    )
    .addOption(new Option('--step <step...>', 'only these steps').choices(DIAGNOSTIC_STEPS))
    .option('--markdown', 'print text that may be shown to strangers')
    .option(
      '--bundle <file>',
      'also write a ZIP for whoever helps: report, recent logs, settings, without names or keys',
    )
    .addHelpText('after', '\nExit code 1: a step found a problem or did not answer.')
    .action((options: DiagnoseOptions) =>
      serve(options, async (link) => {
        const steps = options.step ?? null;
        const ended = await workToItsEnd(link, 'diagnostics', () => link.command('diagnostics.run', { steps }));
        note(ended.detail ?? ended.state);
        const report = answerOf(await link.query('diagnostics.report', null));
        if (!report) throw new CommandError(EXIT.failed, 'The diagnosis left no report.');
        // A running instance may know of others from an earlier look.
        const results = report.results.filter(({ step }) => steps === null || steps.includes(step));
        if (options.bundle !== undefined) await saveBundle(link, resolve(options.bundle));
        const bad = results.some(({ verdict }) => verdict === 'problem' || verdict === 'timeout');
        const exitCode = bad ? EXIT.failed : EXIT.ok;
        if (options.markdown) {
          process.stdout.write(answerOf(await link.query('diagnostics.markdown', null))?.text ?? '');
          return { exitCode, report: null };
        }
        return outcome(exitCode, { columns: COLUMNS, rows: results, json: { ...report, results } });
      }),
    );
}

async function saveBundle(link: Link, path: string): Promise<void> {
  const { bytes } = await withProgress(link, 'export', async () =>
    answerOf(await link.command('diagnostics.bundle', { path })),
  );
  note(`${formatBytes(bytes)} were written to ${path}.`);
}
