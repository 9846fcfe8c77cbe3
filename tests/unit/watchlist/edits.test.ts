import { describe, expect, it } from 'vitest';
import { addEntry, importEntries, updateEntry } from '../../../src/main/watchlist/edits';
import { parseWatchlistCsv } from '../../../src/main/watchlist/watchlistCsv';
import { followedSide, parseGroups, type WatchlistItem } from '../../../src/shared/domain/watchlist';

const POOL = '7bqJG2ZdMKbEkgSmfuqNVBvqEvWavgL8UEo33ZqdL3NP';
const ARGS = {
  networkId: 'solana',
  address: `solana_${POOL}`,
  symbol: 'BONK',
  name: null,
  dexId: null,
  tokenAddress: null,
  groups: ['memes', 'memes'],
  note: '',
};
const NOTHING_KNOWN = {
  poolName: null,
  poolCreatedAtMs: null,
  poolObservedAtMs: null,
  baseTokenId: null,
  quoteTokenId: null,
  basePriceUsd: null,
  quotePriceUsd: null,
  reserveUsd: null,
  volumeUsdH24: null,
  changePctH24: null,
};
const listed = (change: Partial<WatchlistItem> = {}): WatchlistItem => ({
  ...addEntry([], ARGS, 1),
  ...NOTHING_KNOWN,
  ...change,
});

describe('a watchlist entry', () => {
  it('is added once; one that was removed is followed again with all that was known of it', () => {
    expect(listed()).toMatchObject({ id: `solana_${POOL}`, address: POOL, groups: '["memes"]', addedBy: 'manual' });
    expect(() => addEntry([listed()], ARGS, 2)).toThrow('BONK is on the watchlist already.');
    const again = addEntry([listed({ active: 0, note: 'mine', name: 'Bonk' })], { ...ARGS, groups: ['x'] }, 2);
    expect(again).toMatchObject({ active: 1, note: 'mine', name: 'Bonk', addedAtMs: 1, groups: '["memes","x"]' });
    expect(() => addEntry([], { ...ARGS, address: 'solana_' }, 2)).toThrow('not the address');
  });

  it('changes only where the order says so', () => {
    const row = updateEntry(listed({ note: 'mine' }), { id: 'x', active: false }, 5);
    expect(row).toMatchObject({ active: 0, note: 'mine', symbol: 'BONK', updatedAtMs: 5 });
    expect(updateEntry(listed({ note: 'mine' }), { id: 'x', note: '' }, 5).note).toBe('');
  });

  it('is never older than what it changes, for the database would refuse it: a clock can be set back', () => {
    expect(updateEntry(listed({ updatedAtMs: 9 }), { id: 'x', note: 'later' }, 5).updatedAtMs).toBe(9);
    expect(addEntry([listed({ active: 0, updatedAtMs: 9 })], ARGS, 5).updatedAtMs).toBe(9);
  });

  it('from a file fills blanks, never overwrites, and a second reading changes nothing', () => {
    const csv = parseWatchlistCsv(
      `tokenSymbol,tokenName,chain,dex,poolAddress,networkAddress\nOTHER,Bonk,SOL,orca,${POOL},\nNEW,New,eth,,0x88e6a0c2ddd26feeb64f039a2c41296fcb3f5640,\n`,
    );
    const { report, rows } = importEntries([listed()], csv, 7);
    expect(report).toMatchObject({ rows: 2, added: 1, updated: 1, unchanged: 0, rejected: 0 });
    expect(rows[0]).toMatchObject({ symbol: 'BONK', name: 'Bonk', dexId: 'orca' });
    expect(rows[1]).toMatchObject({ symbol: 'NEW', addedBy: 'import' });
    const again = importEntries(
      rows.map((row) => ({ ...row, ...NOTHING_KNOWN })),
      csv,
      8,
    );
    expect(again).toMatchObject({ rows: [], report: { added: 0, updated: 0, unchanged: 2 } });
  });

  it('follows the side of the pool that its token is on', () => {
    const pool = { baseTokenId: 'solana_A', quoteTokenId: 'solana_B' };
    expect(followedSide('solana', 'B', pool)).toBe('quote');
    expect(followedSide('solana', 'A', pool)).toBe('base');
    expect(followedSide('solana', null, pool)).toBe('base');
    expect(followedSide('solana', 'C', pool)).toBe('base');
    expect(parseGroups('no list')).toEqual([]);
  });
});
