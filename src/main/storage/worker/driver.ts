// The only import of better-sqlite3. Opening is refused where the addon could not work: on Node-API below 10 its shipped
// binary does not throw, it ends the whole process.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';

export type SqliteDatabase = BetterSqlite3.Database;
export type SqliteStatement<Row = unknown> = BetterSqlite3.Statement<unknown[], Row>;

const NODE_API_OF_SHIPPED_BINARY = 10;

export class AddonError extends Error {
  readonly code = 'ADDON';
}

/**
 * Opens a connection that never waits for locks (the caller owns the waiting).
 * @param options.waitMs how long SQLite itself may block the thread on a lock; 0 on the writer
 * @param options.mustExist a missing file is an error, also for a connection that may write
 * @throws AddonError when the database addon cannot run here; SqliteError when SQLite refuses the file
 */
export function openConnection(
  file: string,
  options: { readonly readonly: boolean; readonly waitMs: number; readonly mustExist?: boolean },
): SqliteDatabase {
  assertAddonUsable();
  try {
    return new BetterSqlite3(file, {
      readonly: options.readonly,
      fileMustExist: options.readonly || options.mustExist === true,
      timeout: options.waitMs,
    });
  } catch (error) {
    if (error instanceof Error && (error as { code?: string }).code === 'ERR_DLOPEN_FAILED') {
      throw new AddonError(`the database addon does not load: ${error.message}`);
    }
    // The binding looks for the folder itself and throws a TypeError, as if we had called it wrongly.
    if (error instanceof TypeError && error.message.includes('directory does not exist')) {
      throw new BetterSqlite3.SqliteError(error.message, 'SQLITE_CANTOPEN');
    }
    throw error;
  }
}

function assertAddonUsable(): void {
  const nodeApi = Number(process.versions['napi']);
  if (nodeApi >= NODE_API_OF_SHIPPED_BINARY) return;
  const library = createRequire(import.meta.url).resolve('better-sqlite3');
  const rebuilt = join(dirname(library), '..', 'build', 'Release', 'better_sqlite3.node');
  if (existsSync(rebuilt)) return;
  throw new AddonError(
    `the database addon needs Node-API ${NODE_API_OF_SHIPPED_BINARY}, this runtime has ${nodeApi} and no rebuilt addon is installed: run \`npm start\` once`,
  );
}
