// What names a file never becomes a way to another: backups are named, not placed; pages name no files; what strangers call their
// tokens stays a name.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { qlibSymbol } from '../../../src/main/export/qlibSink';
import { COMMAND_SCHEMAS, WINDOW_COMMAND_SCHEMAS } from '../../../src/main/engine/api/commandSchemas';
import { QUERY_SCHEMAS } from '../../../src/main/engine/api/querySchemas';

const WAYS_OUT = [
  '../market.db',
  '..\\market.db',
  '/etc/passwd',
  'C:\\data\\market.db',
  'backups/market-20260101T000000Z.db',
  'market-20260101T000000Z.db/../../secret.db',
  'market-20260101T000000Z.db\0.txt',
  'market-20260101T000000Z.db\n',
  '%2e%2e%2fmarket.db',
  'file:///etc/passwd',
  '.',
  '..',
  '',
];

describe('a backup', () => {
  it.each(WAYS_OUT)('is never called %j, whoever asks', (backup) => {
    const args = { database: 'market', backup };
    for (const schema of [COMMAND_SCHEMAS['database.verify'], QUERY_SCHEMAS['database.restorePreview']]) {
      expect(schema.safeParse(args).success).toBe(false);
    }
    expect(COMMAND_SCHEMAS['database.restore'].safeParse({ ...args, bringNewer: true }).success).toBe(false);
  });

  it('is called what backups are called', () => {
    const args = { database: 'market', backup: 'market-20260101T000000Z.db' };
    expect(COMMAND_SCHEMAS['database.verify'].safeParse(args).success).toBe(true);
  });
});

describe('a page', () => {
  const whole = { kind: 'pools', filter: { networkId: null, dexId: null, search: null, minReserveUsd: null } };
  const exported = {
    subject: { ...whole, sortBy: 'reserveUsd', descending: true },
    format: 'csv',
    byteOrderMark: false,
  };

  it('asks for an export without saying where to', () => {
    const schema = WINDOW_COMMAND_SCHEMAS['table.export'];
    expect(schema.safeParse({ ...exported, path: null }).success).toBe(true);
    for (const path of WAYS_OUT) expect(schema.safeParse({ ...exported, path }).success).toBe(false);
  });

  it.each(['import.preview', 'import.run'] as const)('asks for %s without saying where from', (name) => {
    const args = { networkId: null, tradeOffsetMinutes: null };
    const schema = WINDOW_COMMAND_SCHEMAS[name];
    expect(schema.safeParse({ ...args, place: { kind: 'ask', what: 'file' } }).success).toBe(true);
    for (const path of WAYS_OUT)
      expect(schema.safeParse({ ...args, place: { kind: 'path', path } }).success).toBe(false);
  });

  it('opens the links that there are, and names none', () => {
    const schema = WINDOW_COMMAND_SCHEMAS['link.open'];
    expect(schema.safeParse({ link: 'data_folder' }).success).toBe(true);
    for (const link of WAYS_OUT) expect(schema.safeParse({ link }).success).toBe(false);
  });
});

describe('the name of a pool as the name of a file', () => {
  it('has letters, digits and underscores only, whatever the pool is called', () => {
    const piece = fc.oneof(fc.constantFrom(...WAYS_OUT, '\u202E', '\uD800', 'ü', ':', '~'), fc.string());
    const id = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));
    const named = fc.property(id, (poolId) => /^\w*$/.test(qlibSymbol(poolId)));
    expect(fc.check(named)).toMatchObject({ failed: false });
  });
});
