// Is everything all right, in one sentence, with the likeliest cause first. Pure.
import type { CollectorSlice, VerdictLevel, VerdictSlice } from '../../shared/contract/snapshot';
import type { Incident } from '../../shared/domain/alerts';
import type { DatabaseName, DatabaseStatus } from '../../shared/domain/database';

type Judgement = Pick<VerdictSlice, 'level' | 'sentence' | 'cause'>;

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
  if (database) {
    const level: VerdictLevel = database.state === 'failed' || database.state === 'read_only' ? 'down' : 'degraded';
    return { level, ...databaseJudgement(database) };
  }
  if (incident) {
    const level = incident.severity === 'critical' ? 'down' : 'degraded';
    return { level, sentence: `${incident.title}.`, cause: incident.cause };
  }
  const down = collectors.filter(({ health }) => health === 'down');
  if (down.length > 0)
    return {
      level: 'down',
      sentence: `${names(down)} ${down.length > 1 ? 'are' : 'is'} down.`,
      cause: down[0]?.cause ?? null,
    };
  const ailing = collectors.filter(({ health }) => health === 'degraded' || health === 'late');
  if (ailing.length > 0) {
    return {
      level: 'degraded',
      sentence: `${names(ailing)} ${ailing.length > 1 ? 'need' : 'needs'} a look.`,
      cause: ailing[0]?.cause ?? null,
    };
  }
  if (collectors.length > 0 && collectors.every(({ health }) => health === 'paused'))
    return { level: 'paused', sentence: 'Collection is paused.', cause: null };
  const paused = collectors.filter(({ health }) => health === 'paused');
  const started = collectors.some(({ lastSuccessAtMs }) => lastSuccessAtMs !== null);
  if (!started) return { level: 'starting', sentence: 'Collecting the first rows…', cause: null };
  if (paused.length > 0) return { level: 'ok', sentence: `All is well; ${names(paused)} paused.`, cause: null };
  return { level: 'ok', sentence: 'All is well.', cause: null };
}

function isAbout({ root }: Incident, database: DatabaseName): boolean {
  return root.kind === 'database' && root.id === database;
}

function databaseJudgement(database: DatabaseStatus): Omit<Judgement, 'level'> {
  const { name, state, cause, lockedSinceMs, holder } = database;
  if (state !== 'spooling' || lockedSinceMs === null) return { sentence: databaseSentence(database), cause };
  const who = holder ? `${holder.program ?? 'a program'} (process ${holder.pid})` : 'another program';
  const meanwhile = 'Collecting goes on; rows are kept safely in the spool until it lets go.';
  return { sentence: `${name}.db is locked by ${who}.`, cause: meanwhile };
}

function databaseSentence({ name, state }: DatabaseStatus): string {
  if (state === 'read_only') return `${name}.db can only be read.`;
  if (state === 'failed') return `${name}.db cannot be used.`;
  if (state === 'spooling') return `${name}.db takes no writes; nothing is lost.`;
  return `${name}.db is slow or recovering.`;
}

function names(collectors: readonly CollectorSlice[]): string {
  return collectors.map(({ title }) => title).join(', ');
}
