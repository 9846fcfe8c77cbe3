// Reads the kernel's list of file locks. SQLite's locks are single bytes at known offsets, so the list tells exactly who
// writes and who reads (https://www.sqlite.org/walformat.html, "WAL-Index Locks"; https://www.sqlite.org/fileio.html). Pure.

export interface FileLock {
  readonly pid: number;
  readonly inode: number;
  readonly mode: 'READ' | 'WRITE';
  readonly firstByte: number;
  readonly lastByte: number;
}

export type LockRole = 'writer' | 'reader' | 'exclusive';

const SHM_WRITE_BYTE = 120;
const SHM_FIRST_READ_MARK_BYTE = 123;
const SHM_LAST_READ_MARK_BYTE = 127;
const DB_RESERVED_BYTE = 0x40000001;

// 1: POSIX  ADVISORY  WRITE 24551 fe:00:1234567 120 120      (a line with "->" is somebody waiting, not holding)
const LINE = /^\d+: (?:POSIX|OFDLCK)\s+ADVISORY\s+(READ|WRITE)\s+(-?\d+) [0-9a-f]+:[0-9a-f]+:(\d+) (\d+) (\d+|EOF)$/;

export function parseProcLocks(text: string): readonly FileLock[] {
  return text.split('\n').flatMap((line) => {
    const match = LINE.exec(line.trim());
    if (!match) return [];
    const [, mode, pid, inode, firstByte, lastByte] = match;
    return {
      pid: Number(pid),
      inode: Number(inode),
      mode: mode === 'WRITE' ? 'WRITE' : 'READ',
      firstByte: Number(firstByte),
      lastByte: lastByte === 'EOF' ? Infinity : Number(lastByte),
    };
  });
}

/** What holding this lock means for a database in WAL mode, or null when it hinders nobody. */
export function roleOf(lock: FileLock, databaseInode: number, shmInode: number | null): LockRole | null {
  if (lock.inode === shmInode) {
    if (lock.mode === 'WRITE' && covers(lock, SHM_WRITE_BYTE)) return 'writer';
    const pins = lock.firstByte <= SHM_LAST_READ_MARK_BYTE && lock.lastByte >= SHM_FIRST_READ_MARK_BYTE;
    return lock.mode === 'READ' && pins ? 'reader' : null;
  }
  // In WAL mode everybody shares the database file; a write lock on it shuts everybody else out.
  if (lock.inode === databaseInode && lock.mode === 'WRITE' && lock.lastByte >= DB_RESERVED_BYTE) return 'exclusive';
  return null;
}

function covers(lock: FileLock, byte: number): boolean {
  return lock.firstByte <= byte && lock.lastByte >= byte;
}
