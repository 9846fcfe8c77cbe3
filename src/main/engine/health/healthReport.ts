// How the databases of a profile are: looked at one after the other, then judged. Works beside a running instance and without one.
import type { DatabaseName, DatabaseStatus } from '../../../shared/domain/database';
import type { DatabaseHealth, HealthReport, HealthTests } from '../../../shared/domain/health';
import type { Clock } from '../../../shared/util/clock';
import { examine } from '../../storage/health/examine';
import type { StoreOptions, WorkerFiles } from '../../storage/store';
import { databasePlaces } from '../databasePlaces';
import { judgeDatabase } from './judgeDatabase';
import { verdictOf, worstLevel } from './verdict';

/** What the instance knows of its own databases; null without one. */
export type StatusOf = (name: DatabaseName) => DatabaseStatus | null;

/** Never rejects for what is wrong with a database. Two at a time would measure each other. */
export async function healthReport(
  places: readonly StoreOptions[],
  statusOf: StatusOf,
  tests: HealthTests,
  clock: Clock,
): Promise<HealthReport> {
  const databases: DatabaseHealth[] = [];
  for (const place of places) databases.push(await examine(place, tests, statusOf(place.name)));
  const atMs = clock.wallMs();
  const findings = databases.flatMap((database) => judgeDatabase(database, atMs));
  return { atMs, level: worstLevel(findings), verdict: verdictOf(findings), databases, findings };
}

/** Of a profile that nobody runs: looks at its files and changes none of them. */
export function filesHealthReport(
  profileDir: string,
  workers: WorkerFiles,
  clock: Clock,
  tests: HealthTests,
): Promise<HealthReport> {
  return healthReport(Object.values(databasePlaces(profileDir, workers, clock)), () => null, tests, clock);
}
