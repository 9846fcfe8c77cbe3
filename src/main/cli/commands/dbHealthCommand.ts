// `db-health`: how the databases are, by real looks at them, and what to do about it. Changes nothing.
import type { Command } from 'commander';
import type { HealthLevel, HealthTests } from '../../../shared/domain/health';
import { HealthSource, type SourcedReport } from '../health/healthSource';
import { HEALTH_EXIT_HELP, healthExit } from '../health/healthExit';
import { FINDING_CSV_COLUMNS, healthText } from '../health/healthText';
import { type Format, renderReport } from '../print/report';
import { placed, placeOf, type PlaceOptions, wantsColour } from '../serve';
import { note } from '../words';

interface DbHealthOptions extends PlaceOptions {
  readonly testConnectivity?: true;
  readonly testPerformance?: true;
}

export function addDbHealthCommand(program: Command): void {
  placed(program.command('db-health'), 'db-health --test-connectivity')
    .description(
      `How the databases are: connection, lock, log, spool, backups, checks, disk, and what to do. ${HEALTH_EXIT_HELP}`,
    )
    .option('--test-connectivity', 'open, read and ask for the write lock on twenty fresh connections')
    .option('--test-performance', 'measure commits in a scratch file beside each database, and reads of its rows')
    .action(async ({ testConnectivity, testPerformance, ...options }: DbHealthOptions) => {
      const tests = { connectivity: testConnectivity === true, performance: testPerformance === true };
      const seen = await lookOnce(options, tests);
      process.stdout.write(textOf(seen, options.format));
      process.exitCode = healthExit(levelOf(seen));
      if (seen.trouble !== null && options.format !== 'table') note(seen.trouble);
    });
}

async function lookOnce(options: PlaceOptions, tests: HealthTests): Promise<SourcedReport> {
  const source = new HealthSource(placeOf(options));
  try {
    return await source.look(tests);
  } finally {
    await source.close();
  }
}

/** An instance that does not answer is the worst that can be said. */
function levelOf({ trouble, report }: SourcedReport): HealthLevel {
  return trouble === null ? report.level : 'critical';
}

function textOf(seen: SourcedReport, format: Format): string {
  const { pid, trouble, report } = seen;
  if (format === 'table') return healthText(seen, wantsColour());
  const json = { running: pid !== null, pid, trouble, ...report, level: levelOf(seen) };
  return renderReport({ columns: FINDING_CSV_COLUMNS, rows: report.findings, json }, format, false);
}
