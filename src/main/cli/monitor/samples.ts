// One line of db-monitor: what a report comes to in a few figures. Pure.
import type { DatabaseName, LatencySummary, LockHolder, StoreState } from '../../../shared/domain/database';
import type { DatabaseHealth, HealthLevel, ProbeFailure } from '../../../shared/domain/health';
import { worstLevel } from '../../engine/health/verdict';
import type { SourcedReport } from '../health/healthSource';
import type { Crossing } from './crossings';

export interface DatabaseSample {
  readonly name: DatabaseName;
  /** Of the running instance; null when none runs. */
  readonly state: StoreState | null;
  /** What was in the way of the look; null when nothing was. */
  readonly failure: ProbeFailure['kind'] | 'missing' | null;
  /** To get the write lock and give it back; null when it could not be had. */
  readonly writeMs: number | null;
  /** The first row of every table on a fresh connection; null when it could not be read. */
  readonly readMs: number | null;
  /** Over the last minute; null without an instance. */
  readonly lockWait: LatencySummary | null;
  readonly commitLatency: LatencySummary | null;
  readonly queuedBatches: number | null;
  readonly spooledBatches: number;
  readonly sizeBytes: number;
  readonly walBytes: number;
  readonly holder: LockHolder | null;
}

export interface MonitorSample {
  readonly atMs: number;
  /** The process of the instance that was asked; null when the files were looked at. */
  readonly pid: number | null;
  readonly level: HealthLevel;
  readonly databases: readonly DatabaseSample[];
  /** What is out of order. */
  readonly crossings: readonly Crossing[];
}

export function sampleOf({ pid, report }: SourcedReport, crossings: readonly Crossing[]): MonitorSample {
  return {
    atMs: report.atMs,
    pid,
    level: worstLevel(crossings),
    databases: report.databases.map(databaseSample),
    crossings,
  };
}

function databaseSample(database: DatabaseHealth): DatabaseSample {
  const { name, exists, probe, running, spool, sizeBytes, walBytes, holder } = database;
  return {
    name,
    state: running?.state ?? null,
    failure: exists ? (probe?.failure?.kind ?? null) : 'missing',
    writeMs: probe?.ms.write ?? null,
    readMs: probe?.ms.read ?? null,
    lockWait: running?.lockWait ?? null,
    commitLatency: running?.commitLatency ?? null,
    queuedBatches: running?.queuedBatches ?? null,
    spooledBatches: spool.batches,
    ...{ sizeBytes, walBytes, holder },
  };
}
