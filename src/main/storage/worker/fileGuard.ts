// Notices what SQLite does not: a database, WAL or index file that was renamed, replaced or removed while it is open. Writes
// would go on without an error, into a file that nobody can find. Only `stat`: opening these files would drop SQLite's locks.
import { type Stats, statSync } from 'node:fs';

const PARTS = ['', '-wal', '-shm'] as const;
const MIN_SHM_BYTES = 32_768;
const WAL_HEADER_BYTES = 32;
const WAL_FRAME_HEADER_BYTES = 24;

const GUARD_CODES = ['FILE_GONE', 'FILE_REPLACED', 'WAL_GONE', 'WAL_CUT', 'SHM_GONE'] as const;
export type GuardCode = (typeof GUARD_CODES)[number];

const MESSAGES: Readonly<Record<GuardCode, string>> = {
  FILE_GONE: 'the database file was removed or renamed while it was open',
  FILE_REPLACED: 'the database file was replaced while it was open',
  WAL_GONE: 'the write-ahead log was removed while it was open',
  WAL_CUT: 'the write-ahead log was cut while it was open',
  SHM_GONE: 'the shared-memory index was removed or cut while it was open',
};

export class GuardError extends Error {
  readonly code: GuardCode;

  constructor(code: GuardCode) {
    super(MESSAGES[code]);
    this.code = code;
  }
}

export class FileGuard {
  readonly #file: string;
  readonly #inodes: readonly (number | undefined)[];
  readonly #frames: () => number;
  readonly #pageBytes: number;
  #walBytes = 0;

  /**
   * Call when the database is open and in WAL mode, so that all three files exist.
   * @param frames how many frames the log holds by its index
   */
  constructor(file: string, pageBytes: number, frames: () => number) {
    this.#file = file;
    this.#pageBytes = pageBytes;
    this.#frames = frames;
    this.#inodes = PARTS.map((part) => look(file + part)?.ino);
  }

  /** Which of `-wal` and `-shm` in place are those of the database that was opened. */
  ownParts(): readonly string[] {
    return PARTS.filter((part, index) => part !== '' && look(this.#file + part)?.ino === this.#inodes[index]);
  }

  /** Costs about 7 µs. @throws GuardError */
  check(): void {
    const [db, wal, shm] = PARTS.map((part) => look(this.#file + part));
    if (!db) throw new GuardError('FILE_GONE');
    if (db.ino !== this.#inodes[0]) throw new GuardError('FILE_REPLACED');
    if (!wal || wal.ino !== this.#inodes[1]) throw new GuardError('WAL_GONE');
    if (wal.size < this.#walBytes && this.#isCut(wal.size)) throw new GuardError('WAL_CUT');
    this.#walBytes = wal.size;
    if (shm?.ino !== this.#inodes[2] || (shm && shm.size < MIN_SHM_BYTES)) throw new GuardError('SHM_GONE');
  }

  /** A log gets shorter by itself, too, when it is empty: then its index says so. */
  #isCut(walBytes: number): boolean {
    const frames = this.#frames();
    return frames > 0 && walBytes < WAL_HEADER_BYTES + frames * (WAL_FRAME_HEADER_BYTES + this.#pageBytes);
  }
}

function look(file: string): Stats | undefined {
  return statSync(file, { throwIfNoEntry: false });
}
