// A report about the databases as people read it: every check on a line, then what is to be done, then the verdict.
import type { HealthFinding, HealthReport } from '../../../shared/domain/health';
import { type Column, printable, renderReport } from '../print/report';
import type { SourcedReport } from './healthSource';

export const FINDING_COLUMNS: readonly Column<HealthFinding>[] = [
  { name: 'database', value: ({ database }) => `${database}.db` },
  { name: 'check', value: ({ subject }) => subject, text: ({ subject }) => subject.replaceAll('_', ' ') },
  { name: 'level', value: ({ level }) => level },
  { name: 'what', value: ({ what }) => what },
];

/** For programs: with what the table shows below itself. */
export const FINDING_CSV_COLUMNS: readonly Column<HealthFinding>[] = [
  ...FINDING_COLUMNS,
  { name: 'why', value: ({ why }) => why },
  { name: 'advice', value: ({ advice }) => advice },
];

export function healthText({ pid, trouble, report }: SourcedReport, colour: boolean): string {
  const { findings, verdict } = report;
  const remarks = findings.filter(({ level }) => level !== 'ok').sort(worstFirst(report));
  const blocks = remarks.map((finding) => `${remarkText(finding)}\n`);
  const table = renderReport({ columns: FINDING_COLUMNS, rows: findings }, 'table', colour);
  return [table, ...blocks, `${sourceText(pid, trouble)}\n${printable(verdict)}\n`].join('\n');
}

function sourceText(pid: number | null, trouble: string | null): string {
  if (trouble !== null) return printable(`CRITICAL  ${trouble}`);
  return pid === null ? 'Nobody runs: read from the files alone.' : `Asked of the running Poolwatch, process ${pid}.`;
}

function remarkText({ level, database, what, why, advice }: HealthFinding): string {
  const about = `${database}.db`;
  const lines = [`${level.toUpperCase()}  ${what.startsWith(about) ? what : `${about}: ${what}`}`];
  if (why !== null) lines.push(`  why  ${why}`);
  if (advice !== null) lines.push(`  do   ${advice}`);
  return lines.map(printable).join('\n');
}

/** The order of the report otherwise. */
function worstFirst({ findings }: HealthReport): (a: HealthFinding, b: HealthFinding) => number {
  const rank = { critical: 0, warning: 1, info: 2, ok: 3 } as const;
  return (a, b) => rank[a.level] - rank[b.level] || findings.indexOf(a) - findings.indexOf(b);
}
