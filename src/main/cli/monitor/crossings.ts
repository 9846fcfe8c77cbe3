// What is out of order at one moment, and what began or ended since the moment before. Pure.
import type { DatabaseHealth, HealthFinding, HealthLevel } from '../../../shared/domain/health';
import { formatDuration } from '../../../shared/util/format';
import { isWorse } from '../../engine/health/verdict';
import type { SourcedReport } from '../health/healthSource';

export interface Thresholds {
  readonly lockWaitMs: number;
  readonly queryTimeMs: number;
}

/** One thing that is out of order; it keeps its key as long as it lasts. */
export interface Crossing {
  readonly key: string;
  readonly level: HealthLevel;
  /** One sentence. */
  readonly text: string;
}

export interface Turn {
  readonly began: readonly Crossing[];
  readonly ended: readonly Crossing[];
}

export function crossingsOf({ report, trouble }: SourcedReport, thresholds: Thresholds): readonly Crossing[] {
  // The command line's own threshold takes the place of the report's.
  const findings = report.findings.filter(({ level, subject }) => isWorse(level, 'info') && subject !== 'lock_wait');
  return [
    ...(trouble === null ? [] : [{ key: 'instance', level: 'critical', text: trouble } as const]),
    ...findings.map(ofFinding),
    ...report.databases.flatMap((database) => ofDatabase(database, thresholds)),
  ];
}

/** What has got worse has begun anew. */
export function turnBetween(before: readonly Crossing[], now: readonly Crossing[]): Turn {
  const earlier = new Map(before.map((crossing) => [crossing.key, crossing]));
  const present = new Set(now.map(({ key }) => key));
  return {
    began: now.filter(({ key, level }) => {
      const known = earlier.get(key);
      return !known || isWorse(level, known.level);
    }),
    ended: before.filter(({ key }) => !present.has(key)),
  };
}

function ofFinding({ database, subject, level, what }: HealthFinding): Crossing {
  return { key: `${database}.db ${subject.replaceAll('_', ' ')}`, level, text: what };
}

/** The longest that a write waits for the lock at present, ours or one of the instance; null when nobody got it. */
export function lockWaitOf({ probe, running }: DatabaseHealth): number | null {
  const waits = [probe?.ms.write ?? null, running?.lockWait.p95Ms ?? null].filter((wait) => wait !== null);
  return waits.length === 0 ? null : Math.max(...waits);
}

function ofDatabase(database: DatabaseHealth, { lockWaitMs, queryTimeMs }: Thresholds): readonly Crossing[] {
  const waited = lockWaitOf(database);
  const read = database.probe?.ms.read ?? null;
  return [
    ...over(database, 'lock wait', 'Writes wait for the lock', waited, lockWaitMs),
    ...over(database, 'query time', 'A read of every table takes', read, queryTimeMs),
  ];
}

function over(
  { name }: DatabaseHealth,
  subject: string,
  words: string,
  value: number | null,
  limitMs: number,
): readonly Crossing[] {
  if (value === null || value <= limitMs) return [];
  const text = `${words} ${formatDuration(value)}; the threshold is ${formatDuration(limitMs)}.`;
  return [{ key: `${name}.db ${subject}`, level: 'warning', text }];
}
