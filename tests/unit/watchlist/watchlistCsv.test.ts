import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatWatchlistCsv, parseWatchlistCsv } from '../../../src/main/watchlist/watchlistCsv';
import { groupsText, type WatchlistItem } from '../../../src/shared/domain/watchlist';

const POOL = '7bqJG2ZdMKbEkgSmfuqNVBvqEvWavgL8UEo33ZqdL3NP';
const TOKEN = 'DezXAZ8z7PnrnRJjz3wXBoRgixCa6xjnB7YaB1pPB263';
const HEADING = 'tokenSymbol,tokenName,chain,dex,poolAddress,networkAddress';

function item(change: Partial<WatchlistItem>): WatchlistItem {
  return {
    id: `solana_${POOL}`,
    networkId: 'solana',
    address: POOL,
    symbol: 'BONK',
    name: 'Bonk',
    dexId: 'raydium',
    tokenAddress: TOKEN,
    groups: '[]',
    note: '',
    active: 1,
    addedBy: 'manual',
    addedAtMs: 0,
    score: null,
    reasons: null,
    updatedAtMs: 0,
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
    ...change,
  };
}

describe('a watchlist file', () => {
  it('in the columns of the original is read as it is', () => {
    const { entries, problems, rows } = parseWatchlistCsv(
      `${HEADING}\n"BONK","Bonk, the dog",SOL,raydium,${POOL},${TOKEN}\n`,
    );
    expect({ rows, problems }).toEqual({ rows: 1, problems: [] });
    expect(entries).toEqual([
      {
        line: 2,
        networkId: 'solana',
        address: POOL,
        symbol: 'BONK',
        name: 'Bonk, the dog',
        dexId: 'raydium',
        tokenAddress: TOKEN,
        groups: [],
        note: null,
      },
    ]);
  });

  it('comes back as it was written, whatever people call their tokens', () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
      .map((value) => value.replace(/[\r\0]/g, ' ').trim())
      .filter((value) => value !== '' && !value.startsWith('="'));
    const group = text.filter((value) => !value.includes(';') && !value.startsWith("'"));
    fc.assert(
      fc.property(text, text, text, fc.uniqueArray(group, { maxLength: 3 }), (symbol, name, note, groups) => {
        // What looks like a spreadsheet's doing is told apart from names below.
        fc.pre(!/^#|^\d/.test(symbol) && !/^#|^\d/.test(name));
        fc.pre(!/^'*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i.test(symbol + name));
        const csv = formatWatchlistCsv([item({ symbol, name, note, groups: groupsText(groups) })]);
        const { entries, problems } = parseWatchlistCsv(csv);
        expect(problems).toEqual([]);
        expect(entries).toMatchObject([{ symbol, name, note, address: POOL, tokenAddress: TOKEN }]);
        expect(groupsText(entries[0]?.groups ?? [])).toBe(groupsText(groups));
      }),
    );
  });

  it('may be cut by semicolons or tabs, begin with a byte order mark, and have its columns in any order', () => {
    for (const mark of [';', '\t']) {
      const csv = `\uFEFF${['PoolAddress', 'CHAIN', 'extra'].join(mark)}\r\n${[POOL, 'Solana', 'x'].join(mark)}\r\n`;
      expect(parseWatchlistCsv(csv).entries).toMatchObject([{ networkId: 'solana', address: POOL, symbol: null }]);
    }
  });

  it('loses no row without a word: each planted trap is repaired or reported with its line', () => {
    const trapped = [
      HEADING,
      `BONK,Bonk,SOLANA,raydium,solana_solana_${POOL},${TOKEN}`, // 2: prefix put on twice
      '', // 3
      ',,,,,', // 4
      `1-Mar,Bonk,SOL,raydium,A${POOL.slice(1)},${TOKEN}`, // 5: symbol became a date
      `#NAME?,nan,SOL,raydium,B${POOL.slice(1)},None`, // 6: error cell, written nothings
      `X,X,SOL,raydium,1.23E+44,${TOKEN}`, // 7: address became a number
      `X,X,SOL,raydium,,${TOKEN}`, // 8: no pool
      `X,X,,raydium,${POOL},${TOKEN}`, // 9: no chain
      `X,X,SOL,raydium,${POOL.toLowerCase().replaceAll('0', 'x').replaceAll('l', 'k')},`, // 10: capitals lost
      `BONK,Bonk,SOL,raydium,${POOL},${TOKEN}`, // 11: the pool of line 2 again
      `WETH,"Two\nlines",ethereum,uniswap_v3,="0x88E6A0C2DDD26FEEB64F039A2C41296FCB3F5640",`, // 12 and 13
      `'=cmd,@x,polygon,quickswap,0xaaaabbbbccccddddeeee,abc`, // 14: token address too short
    ].join('\n');
    const { entries, problems, rows, blankRows } = parseWatchlistCsv(trapped);
    expect(entries.map(({ networkId, symbol }) => [networkId, symbol])).toEqual([
      ['solana', 'BONK'],
      ['solana', null],
      ['solana', null],
      ['eth', 'WETH'],
    ]);
    expect(entries[0]?.address).toBe(POOL);
    expect(entries[2]).toMatchObject({ name: null, tokenAddress: null });
    expect(entries[3]).toMatchObject({ line: 12, address: '0x88e6a0c2ddd26feeb64f039a2c41296fcb3f5640' });
    expect(problems.map(({ line, column, severity }) => `${line} ${column} ${severity}`)).toEqual([
      '2 poolAddress repaired',
      '5 tokenSymbol repaired',
      '6 tokenSymbol repaired',
      '7 poolAddress rejected',
      '8 poolAddress rejected',
      '9 chain rejected',
      '10 poolAddress rejected',
      '11 null rejected',
      '14 networkAddress rejected',
    ]);
    expect(blankRows).toBe(2);
    const rejected = problems.filter(({ severity }) => severity === 'rejected').length;
    expect(rows).toBe(entries.length + rejected);
  });

  it('that is no such table is refused in one sentence', () => {
    expect(() => parseWatchlistCsv('')).toThrow('The file is empty.');
    expect(() => parseWatchlistCsv('{"pools": []}')).toThrow(/names no column chain and poolAddress/);
    expect(() => parseWatchlistCsv('chain,poolAddress\n"open')).toThrow(/^This is not a CSV file: [^\n]+$/);
  });
});
