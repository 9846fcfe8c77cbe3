// Where the databases of a profile lie, and what every opener of them has to know.
import { join } from 'node:path';
import { DATABASE_NAMES, type DatabaseName } from '../../shared/domain/database';
import type { Clock } from '../../shared/util/clock';
import type { StoreOptions, WorkerFiles } from '../storage/store';

export function databasePlaces(
  profileDir: string,
  workers: WorkerFiles,
  clock: Clock,
): Readonly<Record<DatabaseName, StoreOptions>> {
  const place = (name: DatabaseName): StoreOptions => ({
    name,
    file: join(profileDir, `${name}.db`),
    spoolDir: join(profileDir, 'spool'),
    workers,
    clock,
  });
  return Object.fromEntries(DATABASE_NAMES.map((name) => [name, place(name)])) as Record<DatabaseName, StoreOptions>;
}
