import { describe, expect, it } from 'vitest';
import { classifyCode, describeError, describePreparedError } from '../../../src/main/storage/common/errorClass';

describe('classifyCode', () => {
  it.each([
    ['SQLITE_BUSY', 'transient'],
    ['SQLITE_BUSY_RECOVERY', 'transient'],
    ['SQLITE_BUSY_SNAPSHOT', 'bug'],
    ['SQLITE_LOCKED', 'transient'],
    ['SQLITE_PROTOCOL', 'transient'],
    ['SQLITE_FULL', 'environment'],
    ['SQLITE_IOERR_WRITE', 'environment'],
    ['SQLITE_IOERR_FSYNC', 'environment'],
    ['SQLITE_IOERR_SHORT_READ', 'corrupt'],
    ['SQLITE_READONLY', 'environment'],
    ['SQLITE_READONLY_DIRECTORY', 'environment'],
    ['SQLITE_CANTOPEN', 'environment'],
    ['SQLITE_CORRUPT', 'corrupt'],
    ['SQLITE_CORRUPT_VTAB', 'corrupt'],
    ['SQLITE_NOTADB', 'corrupt'],
    ['SQLITE_CONSTRAINT_NOTNULL', 'data'],
    ['SQLITE_CONSTRAINT_DATATYPE', 'data'],
    ['SQLITE_MISMATCH', 'data'],
    ['SQLITE_TOOBIG', 'data'],
    ['SQLITE_ERROR', 'bug'],
    ['SQLITE_MISUSE', 'bug'],
    ['something new', 'bug'],
    ['ERR_INVALID_ARG_TYPE', 'bug'],
    ['EIO', 'environment'],
    ['EACCES', 'environment'],
    ['ESTALE', 'environment'],
    ['ENOTDIR', 'environment'],
    ['ENOSPC', 'environment'],
  ])('%s is %s', (code, expected) => {
    expect(classifyCode(code)).toBe(expected);
  });
});

describe('describeError', () => {
  it('takes what the binding throws for a value it cannot bind as bad data', () => {
    expect(describeError(new TypeError('SQLite3 can only bind numbers'))).toMatchObject({
      class: 'data',
      code: 'BINDING',
    });
    expect(describeError(new RangeError('Too few parameter values were provided'))).toMatchObject({
      class: 'data',
      code: 'BINDING',
    });
  });

  it('takes what the system has against a file as the environment', () => {
    const denied = Object.assign(new Error('EIO: i/o error, stat'), { code: 'EIO', errno: -5, syscall: 'stat' });
    expect(describeError(denied)).toEqual({ class: 'environment', code: 'EIO', message: 'EIO: i/o error, stat' });
  });

  it('takes a mistake of ours for one, although it is of the type that the binding throws', () => {
    const ours = new TypeError("Cannot read properties of undefined (reading 'length')");
    expect(describeError(ours)).toMatchObject({ class: 'bug', code: 'UNKNOWN' });
    expect(describeError(new RangeError('Invalid array length'))).toMatchObject({ class: 'bug', code: 'UNKNOWN' });
  });

  it('takes anything else as a bug, also what is not an error', () => {
    expect(describeError(new Error('x'))).toEqual({ class: 'bug', code: 'UNKNOWN', message: 'x' });
    expect(describeError('text')).toEqual({ class: 'bug', code: 'UNKNOWN', message: 'text' });
  });
});

describe('describePreparedError', () => {
  const sqlite = (code: string, message: string): Error => Object.assign(new Error(message), { code });

  it.each(['no such table: pools', 'no such column: name', 'table pools has no column named name'])(
    'takes "%s" for damage: the statement has worked before',
    (message) => {
      const problem = { class: 'corrupt', code: 'SCHEMA_MISSING', message };
      expect(describePreparedError(sqlite('SQLITE_ERROR', message))).toEqual(problem);
    },
  );

  it('leaves every other error what it is', () => {
    for (const [code, message] of [
      ['SQLITE_ERROR', 'near "SELEC": syntax error'],
      ['SQLITE_CONSTRAINT_NOTNULL', 'no such table'],
    ] as const) {
      expect(describePreparedError(sqlite(code, message))).toEqual(describeError(sqlite(code, message)));
    }
  });
});
