import { describe, expect, it } from 'vitest';
import { parseProcLocks, roleOf } from '../../../src/main/storage/holder/procLocks';

const DB = 1001;
const SHM = 1002;
const roles = (text: string) => parseProcLocks(text).map((lock) => [lock.pid, roleOf(lock, DB, SHM)]);

describe('the list of locks', () => {
  it('tells the writer, readers and exclusive owners of a database from everybody else', () => {
    const text = [
      `1: POSIX  ADVISORY  WRITE 11 fe:00:${SHM} 120 120`,
      `2: POSIX  ADVISORY  READ  12 fe:00:${SHM} 124 124`,
      `3: POSIX  ADVISORY  READ  13 fe:00:${SHM} 128 128`,
      `4: POSIX  ADVISORY  READ  14 fe:00:${DB} 1073741826 1073742335`,
      `5: POSIX  ADVISORY  WRITE 15 fe:00:${DB} 1073741826 1073742335`,
      `6: POSIX  ADVISORY  WRITE 16 fe:00:777 120 120`,
    ].join('\n');
    expect(roles(text)).toEqual([
      [11, 'writer'],
      [12, 'reader'],
      [13, null],
      [14, null],
      [15, 'exclusive'],
      [16, null],
    ]);
  });

  it('does not take somebody who waits for a lock for its holder, nor other kinds of locks', () => {
    expect(
      parseProcLocks(
        `1: -> POSIX  ADVISORY  WRITE 11 fe:00:${SHM} 120 120\n2: FLOCK  ADVISORY  WRITE 12 fe:00:9 0 EOF\n\n`,
      ),
    ).toEqual([]);
  });

  it('reads a lock to the end of the file', () => {
    expect(roles(`7: OFDLCK ADVISORY  WRITE -1 00:2f:${SHM} 0 EOF`)).toEqual([[-1, 'writer']]);
  });
});
