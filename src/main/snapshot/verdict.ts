// Is everything all right, in one sentence, with the likeliest cause first. Pure.
import type { CollectorSlice, VerdictLevel, VerdictSlice } from '../../shared/contract/snapshot';
import type { DatabaseStatus } from '../../shared/domain/database';

type Judgement = Pick<VerdictSlice, 'level' | 'sentence' | 'cause'>;

/** A database that cannot take rows explains failing collectors, so it is named first. */
export function judge(collectors: readonly CollectorSlice[], databases: readonly DatabaseStatus[]): Judgement {
  const database = databases.find(({ state }) => state !== 'ok' && state !== 'starting' && state !== 'closed');
  if (database) {
    const level: VerdictLevel = database.state === 'failed' || database.state === 'read_only' ? 'down' : 'degraded';
    return { level, ...databaseJudgement(database) };
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
