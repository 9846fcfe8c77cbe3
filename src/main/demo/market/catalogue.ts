// Which networks and DEXes the market has, under the ids that the real service uses, so one set of settings fits both.
import type { AddressFamily } from './addresses';

export interface DexSpec {
  readonly id: string;
  readonly name: string;
  /** Pools that exist from the beginning; launches come on top. */
  readonly pools: number;
  readonly feePct: number | null;
  /** `blue` DEXes carry the big pairs, `meme` ones small tokens, `stable` pegged pairs; `launchpad` and `graduates` fill from launches. */
  readonly flavour: 'blue' | 'meme' | 'stable' | 'launchpad' | 'graduates';
  /** Pools are 32-byte ids instead of contracts. */
  readonly longIds?: boolean;
}

export interface CoinSpec {
  readonly symbol: string;
  readonly name: string;
  /** Null is invented. */
  readonly address: string | null;
  readonly decimals: number;
  readonly coinId: string | null;
  readonly asset: AssetName;
}

export interface LaunchSpec {
  /** One launch is possible in each such span of time. */
  readonly everyS: number;
  readonly launchpads: readonly { readonly dexId: string; readonly weight: number }[];
  /** Where a token moves that fills its curve; null when the network's launches start as ordinary pools. */
  readonly graduatesTo: string | null;
  readonly levelUsd: number;
  readonly depthUsd: number;
}

export interface NetworkSpec {
  readonly id: string;
  readonly name: string;
  readonly platformId: string | null;
  readonly family: AddressFamily;
  readonly blockSeconds: number;
  readonly dexes: readonly DexSpec[];
  /** The native coin first, then dollars, then others. */
  readonly coins: readonly CoinSpec[];
  readonly inventedTokens: number;
  readonly launches: LaunchSpec | null;
}

/** What well-known coins are worth in this market; wrapped forms on several networks share one price. */
export const ASSETS = {
  sol: { levelUsd: 142, dailyVolatility: 0.038, supply: 6.1e8 },
  eth: { levelUsd: 2750, dailyVolatility: 0.031, supply: 1.2e8 },
  btc: { levelUsd: 71_500, dailyVolatility: 0.022, supply: 1.3e5 },
  bnb: { levelUsd: 612, dailyVolatility: 0.024, supply: 1.4e8 },
  pol: { levelUsd: 0.243, dailyVolatility: 0.042, supply: 1e10 },
  usdc: { levelUsd: 1, dailyVolatility: 0.0004, supply: 4.2e10 },
  usdt: { levelUsd: 1, dailyVolatility: 0.0005, supply: 9.7e10 },
  dai: { levelUsd: 1, dailyVolatility: 0.0006, supply: 3.5e9 },
} as const;
type AssetName = keyof typeof ASSETS;

function coin(
  asset: AssetName,
  symbol: string,
  name: string,
  decimals: number,
  address: string | null = null,
): CoinSpec {
  return { symbol, name, address, decimals, coinId: COIN_IDS[asset], asset };
}

const COIN_IDS: Readonly<Record<AssetName, string>> = {
  sol: 'wrapped-solana',
  eth: 'weth',
  btc: 'wrapped-bitcoin',
  bnb: 'wbnb',
  pol: 'wmatic',
  usdc: 'usd-coin',
  usdt: 'tether',
  dai: 'dai',
};

function dex(
  id: string,
  name: string,
  flavour: DexSpec['flavour'],
  pools: number,
  feePct: number | null = null,
  longIds = false,
): DexSpec {
  return { id, name, flavour, pools, feePct, longIds };
}

export const NETWORKS: readonly NetworkSpec[] = [
  {
    id: 'eth',
    name: 'Ethereum',
    platformId: 'ethereum',
    family: 'hex',
    blockSeconds: 12,
    dexes: [
      dex('uniswap_v2', 'Uniswap V2', 'meme', 44),
      dex('uniswap_v3', 'Uniswap V3', 'blue', 62, 0.05),
      dex('uniswap-v4-ethereum', 'Uniswap V4 (Ethereum)', 'blue', 24, 0.3, true),
      dex('sushiswap', 'SushiSwap', 'meme', 23),
      dex('curve', 'Curve', 'stable', 6),
    ],
    coins: [
      coin('eth', 'WETH', 'Wrapped Ether', 18, '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2'),
      coin('usdc', 'USDC', 'USD Coin', 6, '0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48'),
      coin('usdt', 'USDT', 'Tether USD', 6, '0xdac17f958d2ee523a2206206994597c13d831ec7'),
      coin('btc', 'WBTC', 'Wrapped BTC', 8),
      coin('dai', 'DAI', 'Dai Stablecoin', 18),
    ],
    inventedTokens: 90,
    launches: {
      everyS: 420,
      launchpads: [{ dexId: 'uniswap_v2', weight: 1 }],
      graduatesTo: null,
      levelUsd: 0.00002,
      depthUsd: 14_000,
    },
  },
  {
    id: 'bsc',
    name: 'BNB Chain',
    platformId: 'binance-smart-chain',
    family: 'hex',
    blockSeconds: 3,
    dexes: [
      dex('pancakeswap_v2', 'PancakeSwap (v2)', 'meme', 40),
      dex('pancakeswap-v3-bsc', 'PancakeSwap V3 (BSC)', 'blue', 30, 0.25),
    ],
    coins: [
      coin('bnb', 'WBNB', 'Wrapped BNB', 18),
      coin('usdt', 'USDT', 'Tether USD', 18),
      coin('usdc', 'USDC', 'USD Coin', 18),
      coin('eth', 'ETH', 'Pegged Ether', 18),
    ],
    inventedTokens: 60,
    launches: null,
  },
  {
    id: 'polygon_pos',
    name: 'Polygon POS',
    platformId: 'polygon-pos',
    family: 'hex',
    blockSeconds: 2,
    dexes: [
      dex('quickswap', 'Quickswap', 'meme', 21),
      dex('uniswap_v3_polygon_pos', 'Uniswap V3 (Polygon)', 'blue', 18, 0.05),
    ],
    coins: [
      coin('pol', 'WPOL', 'Wrapped POL', 18),
      coin('usdc', 'USDC', 'USD Coin', 6),
      coin('usdt', 'USDT', 'Tether USD', 6),
      coin('eth', 'WETH', 'Wrapped Ether', 18),
    ],
    inventedTokens: 30,
    launches: null,
  },
  {
    id: 'arbitrum',
    name: 'Arbitrum',
    platformId: 'arbitrum-one',
    family: 'hex',
    blockSeconds: 0.25,
    dexes: [
      dex('uniswap_v3_arbitrum', 'Uniswap V3 (Arbitrum)', 'blue', 28, 0.05),
      dex('camelot', 'Camelot', 'meme', 12),
    ],
    coins: [
      coin('eth', 'WETH', 'Wrapped Ether', 18),
      coin('usdc', 'USDC', 'USD Coin', 6),
      coin('usdt', 'USDT', 'Tether USD', 6),
      coin('btc', 'WBTC', 'Wrapped BTC', 8),
    ],
    inventedTokens: 30,
    launches: null,
  },
  {
    id: 'base',
    name: 'Base',
    platformId: 'base',
    family: 'hex',
    blockSeconds: 2,
    dexes: [
      dex('uniswap-v2-base', 'Uniswap V2 (Base)', 'meme', 24),
      dex('uniswap-v3-base', 'Uniswap V3 (Base)', 'blue', 34, 0.3),
      dex('uniswap-v4-base', 'Uniswap V4 (Base)', 'blue', 20, 0.3, true),
      dex('aerodrome-base', 'Aerodrome (Base)', 'blue', 26),
      dex('aerodrome-slipstream', 'Aerodrome SlipStream', 'blue', 28, 0.05),
    ],
    coins: [
      coin('eth', 'WETH', 'Wrapped Ether', 18, '0x4200000000000000000000000000000000000006'),
      coin('usdc', 'USDC', 'USD Coin', 6),
      coin('btc', 'WBTC', 'Wrapped BTC', 8),
    ],
    inventedTokens: 60,
    launches: {
      everyS: 240,
      launchpads: [
        { dexId: 'uniswap-v4-base', weight: 2 },
        { dexId: 'uniswap-v2-base', weight: 1 },
      ],
      graduatesTo: null,
      levelUsd: 0.000016,
      depthUsd: 16_000,
    },
  },
  {
    id: 'solana',
    name: 'Solana',
    platformId: 'solana',
    family: 'base58',
    blockSeconds: 0.4,
    dexes: [
      dex('raydium', 'Raydium', 'blue', 42),
      dex('raydium-clmm', 'Raydium (CLMM)', 'blue', 30, 0.04),
      dex('orca', 'Orca', 'blue', 34, 0.04),
      dex('meteora', 'Meteora', 'blue', 36),
      dex('meteora-damm-v2', 'Meteora DAMM V2', 'meme', 22),
      dex('meteora-dbc', 'Meteora DBC', 'launchpad', 0),
      dex('pump-fun', 'Pump.fun', 'launchpad', 0),
      dex('pumpswap', 'PumpSwap', 'graduates', 58),
      dex('heaven', 'Heaven', 'meme', 41),
      dex('fluxbeam', 'FluxBeam', 'meme', 7),
    ],
    coins: [
      coin('sol', 'SOL', 'Wrapped SOL', 9, 'So11111111111111111111111111111111111111112'),
      coin('usdc', 'USDC', 'USD Coin', 6, 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'),
      coin('usdt', 'USDT', 'Tether USD', 6),
      coin('btc', 'WBTC', 'Wrapped BTC', 8),
      coin('eth', 'WETH', 'Wrapped Ether', 8),
    ],
    inventedTokens: 120,
    launches: {
      everyS: 80,
      launchpads: [
        { dexId: 'pump-fun', weight: 6 },
        { dexId: 'meteora-dbc', weight: 1 },
      ],
      graduatesTo: 'pumpswap',
      levelUsd: 0.000006,
      depthUsd: 4_750,
    },
  },
];
