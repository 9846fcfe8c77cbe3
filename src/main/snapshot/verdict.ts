// Is everything all right, in one sentence, with the likeliest cause first. Pure.
import type { CollectorSlice, VerdictFinding, VerdictLevel, VerdictSlice } from '../../shared/contract/snapshot';
import type { Incident } from '../../shared/domain/alerts';
import type { DatabaseName, DatabaseStatus } from '../../shared/domain/database';
import { assertNever } from '../../shared/util/assertNever';

type Judgement = Pick<VerdictSlice, 'level' | 'finding' | 'sentence' | 'cause'>;
type PlainFinding = Exclude<VerdictFinding, { readonly kind: 'told' }>;

/**
 * The worst open incident is named first. Before there is one, a database that cannot take rows is: it explains failing collectors.
 * @param incidents worst first
 */
export function judge(
  collectors: readonly CollectorSlice[],
  databases: readonly DatabaseStatus[],
  incidents: readonly Incident[],
): Judgement {
  const ailingDatabases = databases.filter(({ state }) => state !== 'ok' && state !== 'starting' && state !== 'closed');
  const incident = incidents.find(({ state, severity }) => state === 'open' && severity !== 'info');
  const database = incident ? ailingDatabases.find(({ name }) => isAbout(incident, name)) : ailingDatabases[0];
  if (database) return databaseJudgement(database);
  if (incident) {
    const level = incident.severity === 'critical' ? 'down' : 'degraded';
    return { level, finding: { kind: 'told' }, sentence: `${incident.title}.`, cause: incident.cause };
  }
  const down = collectors.filter(({ health }) => health === 'down');
  if (down.length > 0) return judgement('down', { kind: 'collectors_down', titles: titlesOf(down) }, down[0]?.cause);
  const ailing = collectors.filter(({ health }) => health === 'degraded' || health === 'late');
  if (ailing.length > 0)
    return judgement('degraded', { kind: 'collectors_ailing', titles: titlesOf(ailing) }, ailing[0]?.cause);
  const paused = collectors.filter(({ health }) => health === 'paused');
  if (collectors.length > 0 && paused.length === collectors.length) return judgement('paused', { kind: 'all_paused' });
  const started = collectors.some(({ lastSuccessAtMs }) => lastSuccessAtMs !== null);
  if (!started) return judgement('starting', { kind: 'collecting_first' });
  if (paused.length > 0) return judgement('ok', { kind: 'some_paused', titles: titlesOf(paused) });
  return judgement('ok', { kind: 'well' });
}

/** Before anything could be judged. */
export const STARTING: Judgement = judgement('starting', { kind: 'starting' });

function judgement(level: VerdictLevel, finding: PlainFinding, cause: string | null = null): Judgement {
  return { level, finding, sentence: sentenceOf(finding), cause };
}

function isAbout({ root }: Incident, database: DatabaseName): boolean {
  return root.kind === 'database' && root.id === database;
}

function databaseJudgement({ name, state, cause, lockedSinceMs, holder }: DatabaseStatus): Judgement {
  const database = name;
  if (state === 'read_only' || state === 'failed') return judgement('down', { kind: state, database }, cause);
  if (state !== 'spooling') return judgement('degraded', { kind: 'database_ailing', database }, cause);
  if (lockedSinceMs === null) return judgement('degraded', { kind: 'spooling', database }, cause);
  const who = holder && { program: holder.program, pid: holder.pid };
  const meanwhile = 'Collecting goes on; rows are kept safely in the spool until it lets go.';
  return judgement('degraded', { kind: 'locked', database, holder: who }, meanwhile);
}

/** As the tray and the command line say it; the window has words of its own, in its own language. */
function sentenceOf(finding: PlainFinding): string {
  switch (finding.kind) {
    case 'starting':
      return 'Starting…';
    case 'collecting_first':
      return 'Collecting the first rows…';
    case 'well':
      return 'All is well.';
    case 'all_paused':
      return 'Collection is paused.';
    case 'some_paused':
      return `All is well; ${listed(finding.titles)} paused.`;
    case 'collectors_down':
      return `${listed(finding.titles)} ${finding.titles.length > 1 ? 'are' : 'is'} down.`;
    case 'collectors_ailing':
      return `${listed(finding.titles)} ${finding.titles.length > 1 ? 'need' : 'needs'} a look.`;
    case 'locked': {
      const { holder } = finding;
      const who = holder ? `${holder.program ?? 'a program'} (process ${holder.pid})` : 'another program';
      return `${finding.database}.db is locked by ${who}.`;
    }
    case 'read_only':
      return `${finding.database}.db can only be read.`;
    case 'failed':
      return `${finding.database}.db cannot be used.`;
    case 'spooling':
      return `${finding.database}.db takes no writes; nothing is lost.`;
    case 'database_ailing':
      return `${finding.database}.db is slow or recovering.`;
    default:
      return assertNever(finding);
  }
}

function titlesOf(collectors: readonly CollectorSlice[]): readonly string[] {
  return collectors.map(({ title }) => title);
}

function listed(titles: readonly string[]): string {
  return titles.join(', ');
}
