import { describe, expect, it } from 'vitest';
import { parseNetworks } from '../../../../src/main/sources/geckoterminal/parseNetworks';
import { parsePools } from '../../../../src/main/sources/geckoterminal/parsePools';
import { parseTokenInfo, parseTokens } from '../../../../src/main/sources/geckoterminal/parseTokens';
import { parseTrades } from '../../../../src/main/sources/geckoterminal/parseTrades';
import { SourceError } from '../../../../src/main/sources/http/sourceError';

const NOW_MS = Date.UTC(2026, 0, 2);
const CONTEXT = { networkId: 'polygon_pos', observedAtMs: NOW_MS };
const REQUEST = { networkId: 'polygon_pos', poolAddress: '0xAB', baseTokenAddress: '0xBA5E', minVolumeUsd: '0' };

function trade(attributes: object = {}, id = 'polygon_pos_77_0xF00_12_1767300005'): object {
  return {
    id,
    type: 'trade',
    attributes: {
      block_number: 77,
      tx_hash: '0xF00',
      tx_from_address: '0xCAFE',
      from_token_amount: '2',
      to_token_amount: '1000',
      price_from_in_currency_token: '1.0',
      price_to_in_currency_token: '0.002',
      price_from_in_usd: '100.0',
      price_to_in_usd: '0.2',
      block_timestamp: '2026-01-01T20:40:00Z',
      kind: 'buy',
      volume_in_usd: '200.0',
      from_token_address: '0xq00',
      to_token_address: '0xba5e',
      ...attributes,
    },
  };
}

const parsed = (...entries: readonly object[]) => parseTrades({ data: entries }, REQUEST, NOW_MS);
const SALE = {
  kind: 'sell',
  from_token_address: '0xba5e',
  to_token_address: '0xq00',
  from_token_amount: '1000',
  to_token_amount: '2',
  price_from_in_currency_token: '0.002',
  price_to_in_currency_token: '1.0',
  price_from_in_usd: '0.2',
  price_to_in_usd: '100.0',
};

describe('parseTrades', () => {
  it('takes the price of the base token from the side that it is on', () => {
    const [buy] = parsed(trade()).rows;
    const [sale] = parsed(trade(SALE)).rows;
    for (const row of [buy, sale])
      expect(row).toMatchObject({ priceUsd: '0.2', priceQuote: '0.002', quotePriceUsd: '100' });
    expect([buy?.kind, sale?.kind]).toEqual(['buy', 'sell']);
    expect(buy).toMatchObject({
      txHash: '0xf00',
      logIndex: 12,
      blockAtMs: Date.UTC(2026, 0, 1, 20, 40),
      sender: '0xcafe',
    });
  });

  it('trusts the source’s word for the direction only where the base token is not known', () => {
    const unknown = parseTrades({ data: [trade(SALE)] }, { ...REQUEST, baseTokenAddress: null }, NOW_MS);
    expect(unknown.rows[0]).toMatchObject({ kind: 'sell', priceUsd: '0.2' });
    expect(parsed(trade({ kind: 'sell' })).rejected).toEqual([
      { reason: 'direction and tokens of the trade disagree', count: 1 },
    ]);
    const others = { from_token_address: '0xe1', to_token_address: '0xe2' };
    expect(parsed(trade(others)).rejected).toEqual([{ reason: "trade of other tokens than the pool's", count: 1 }]);
  });

  it('knows a trade by transaction and log index, not by when it arrived', () => {
    const later = trade({}, 'polygon_pos_77_0xF00_12_1767309999');
    const neighbour = trade({}, 'polygon_pos_77_0xF00_13_1767300005');
    expect(parsed(trade(), later, neighbour).rows.map(({ logIndex }) => logIndex)).toEqual([12, 13]);
  });

  it('reads ids whose prefix is missing, doubled, or without a time of arrival', () => {
    const ids = ['77_0xF00_1_1767300005', 'polygon_pos_polygon_pos_77_0xF00_2_1767300005', 'polygon_pos_77_0xF00_3'];
    expect(parsed(...ids.map((id) => trade({}, id))).rows.map(({ logIndex }) => logIndex)).toEqual([1, 2, 3]);
    expect(parsed(trade({}, 'polygon_pos_77_other_1_1767300005')).rejected).toEqual([
      { reason: 'trade id without a log index', count: 1 },
    ]);
  });

  it.each([
    ['price is not a number', { price_to_in_usd: 'NaN' }],
    ['negative price', { price_to_in_usd: '-0.2' }],
    ['absurd price', { price_to_in_usd: '1e30', to_token_amount: '2e-28' }],
    ['volume is not a number', { volume_in_usd: 'nan' }],
    ['negative volume', { volume_in_usd: '-200' }],
    ['volume of the trade is not amount times price', { volume_in_usd: '999' }],
    ['trade without amounts', { to_token_amount: null }],
    ['trade without amounts', { from_token_amount: '-2', volume_in_usd: null }],
    ['trade without a time', { block_timestamp: '41:57.8' }],
    ['trade time is impossible', { block_timestamp: '2031-01-01T00:00:00Z' }],
    ['unusable attributes.kind', { kind: 'swap' }],
  ])('turns away: %s', (reason, attributes) => {
    expect(parsed(trade(attributes))).toEqual({ rows: [], fetched: 1, rejected: [{ reason, count: 1 }] });
  });

  it('keeps a trade whose price the source does not know', () => {
    expect(parsed(trade({ price_to_in_usd: null, volume_in_usd: null })).rows[0]).toMatchObject({
      priceUsd: null,
      volumeUsd: null,
      priceQuote: '0.002',
    });
  });
});

describe('figures of pools that cannot be true', () => {
  const pool = (attributes: object): object => ({
    id: 'polygon_pos_0xab',
    type: 'pool',
    attributes: { address: '0xab', ...attributes },
    relationships: { dex: { data: { id: 'quickswap' } } },
  });

  it.each([
    ['negative price', { base_token_price_usd: '-1' }],
    ['negative reserve', { reserve_in_usd: '-0.5' }],
    ['negative volume', { volume_usd: { h6: '-3' } }],
    ['absurd reserve', { reserve_in_usd: '1e13' }],
    ['absurd price', { base_token_price_usd: '9e12' }],
    ['absurd fully diluted value', { fdv_usd: '1e25' }],
  ])('turn the pool away: %s', (reason, attributes) => {
    expect(parsePools({ data: [pool(attributes)] }, CONTEXT).pools.rejected).toEqual([{ reason, count: 1 }]);
  });

  it('are left blank and named when they are no numbers', () => {
    const odd = pool({ base_token_price_usd: 'NaN', reserve_in_usd: null, fdv_usd: '1.8e12' });
    const page = parsePools({ data: [odd, odd] }, CONTEXT);
    expect(page.pools.rows[0]).toMatchObject({ basePriceUsd: null, reserveUsd: null, fdvUsd: '1800000000000' });
    expect(page.blanked).toEqual([{ reason: 'price is not a number and was left blank', count: 2 }]);
  });
});

describe('parseNetworks', () => {
  it('reads a page and says whether another follows', () => {
    const network = (id: string, platform: string | null): object => ({
      id,
      type: 'network',
      attributes: { name: id.toUpperCase(), coingecko_asset_platform_id: platform },
    });
    const page = parseNetworks(
      {
        data: [network('eth', 'ethereum'), network('new_chain', null), { id: 3 }],
        links: { next: 'http://elsewhere/' },
      },
      NOW_MS,
    );
    expect(page.isLast).toBe(false);
    expect(page.networks.rows).toEqual([
      { networkId: 'eth', name: 'ETH', coingeckoPlatformId: 'ethereum', observedAtMs: NOW_MS },
      { networkId: 'new_chain', name: 'NEW_CHAIN', coingeckoPlatformId: null, observedAtMs: NOW_MS },
    ]);
    expect(page.networks.rejected).toEqual([{ reason: 'unusable id', count: 1 }]);
    expect(parseNetworks({ data: [network('eth', null)] }, NOW_MS).isLast).toBe(true);
  });
});

describe('what strangers say about tokens', () => {
  const info = (attributes: object): object => ({
    data: { id: 'polygon_pos_0xab', type: 'token', attributes: { address: '0xAB', ...attributes } },
  });
  const facts = (attributes: object) => parseTokenInfo(info(attributes), CONTEXT).rows[0];

  it('is cut, cleaned and never more than text', () => {
    expect(facts({ description: `one\r\ntwo\u202e &amp; three\u0000${'x'.repeat(9_000)}` })?.description).toMatch(
      /^one\ntwo +& three x{1900,}$/,
    );
    expect(facts({ description: '   ' })?.description).toBeNull();
  });

  it('has no addresses but those of the web, and no placeholder pictures', () => {
    const websites = ['javascript:alert(1)', 'https://a.example', 'file:///etc/passwd', 7, 'http://u:p@b.example'];
    expect(facts({ websites })?.websites).toBe('["https://a.example/"]');
    expect(facts({ websites: [] })?.websites).toBeNull();
    expect(facts({ image_url: 'missing.png' })?.imageUrl).toBeNull();
    expect(facts({ image_url: 'https://assets.example/missing_large.png?1' })?.imageUrl).toBeNull();
    expect(facts({ image_url: 'https://assets.example/missingno.png' })?.imageUrl).toContain('missingno');
  });

  it('keeps yes, no and unknown apart', () => {
    const flags = [true, false, 'yes', 'no', 'unknown', null].map((value) => facts({ is_honeypot: value })?.isHoneypot);
    expect(flags).toEqual([1, 0, 1, 0, null, null]);
  });

  it('is nothing when the answer holds no token', () => {
    expect(() => parseTokenInfo({ errors: [] }, CONTEXT)).toThrow(SourceError);
    expect(parseTokenInfo({ data: null }, CONTEXT).rejected).toHaveLength(1);
  });

  it('knows where a launchpad token went', () => {
    const graduated = {
      id: 'polygon_pos_0xab',
      type: 'token',
      attributes: {
        address: '0xab',
        last_trade_timestamp: '1779897791',
        launchpad_details: {
          graduation_percentage: 100,
          completed_at: '2026-01-01T00:00:00Z',
          migrated_destination_pool_address: '0xCD',
        },
      },
    };
    expect(parseTokens({ data: [graduated] }, CONTEXT).details.rows[0]).toMatchObject({
      graduationPct: '100',
      graduatedAtMs: Date.UTC(2026, 0, 1),
      migratedPoolId: 'polygon_pos_0xcd',
      lastTradeAtMs: 1_779_897_791_000,
    });
  });
});
