// The part of a network that was there before anybody looked: coins, tokens and pools of every size, drawn from the seed.
import { AddressSpace } from './addresses';
import type { CoinSpec, DexSpec, NetworkSpec } from './catalogue';
import { ASSETS } from './catalogue';
import type { Activity, Pool, Token } from './model';
import { SECONDS_PER_DAY } from './model';
import { inventName } from './names';
import { PricePath } from './pricePath';
import { Random, hash, hashText } from './random';

/** Codes of invented addresses; launches use codes below the first of these. */
const COIN_CODE = 0xc000_0000;
const TOKEN_CODE = 0xd000_0000;
const POOL_CODE = 0xe000_0000;

const FIRST_POOL_AT_S = Date.UTC(2021, 4, 1) / 1000;
const LAST_POOL_AT_S = Date.UTC(2025, 2, 1) / 1000;
/** Before this the source does not know when a pool was created. */
const BIRTHS_KNOWN_FROM_S = Date.UTC(2021, 9, 1) / 1000;
/** Dead pools stopped trading somewhere in the year after the youngest established pool. */
const DEAD_CHANCE = 0.04;
const QUOTED_IN_DOLLARS_CHANCE = 0.18;

type Size = 'blue' | 'mid' | 'meme' | 'quiet';

interface SizeSpec {
  readonly depthUsd: readonly [number, number];
  readonly tradesPerHour: readonly [number, number];
  readonly medianUsd: readonly [number, number];
  readonly sigma: number;
  readonly halfSpread: number;
}

const SIZES: Readonly<Record<Size, SizeSpec>> = {
  blue: { depthUsd: [6e6, 9e7], tradesPerHour: [60, 200], medianUsd: [900, 4200], sigma: 1.7, halfSpread: 0.0003 },
  mid: { depthUsd: [6e5, 4e6], tradesPerHour: [40, 150], medianUsd: [120, 420], sigma: 1.4, halfSpread: 0.0015 },
  meme: { depthUsd: [2e4, 2.6e5], tradesPerHour: [12, 120], medianUsd: [30, 90], sigma: 1.5, halfSpread: 0.004 },
  quiet: { depthUsd: [6e3, 8e4], tradesPerHour: [0.7, 14], medianUsd: [25, 110], sigma: 1.3, halfSpread: 0.004 },
};

export interface EstablishedNetwork {
  readonly spec: NetworkSpec;
  readonly addresses: AddressSpace;
  /** Native coin first. */
  readonly coins: readonly Token[];
  readonly tokens: readonly Token[];
  readonly pools: readonly Pool[];
}

export function establishNetwork(seed: number, spec: NetworkSpec): EstablishedNetwork {
  const key = hashText(seed, spec.id);
  const addresses = new AddressSpace(key, spec.family);
  const coins = spec.coins.map((coin, index) => makeCoin(seed, spec, coin, addresses.make(COIN_CODE + index)));
  const tokens = Array.from({ length: spec.inventedTokens }, (_, index) =>
    inventToken(key, spec, addresses.make(TOKEN_CODE + index), index),
  );
  const pools = spec.dexes.flatMap((dex, dexIndex) =>
    Array.from({ length: dex.pools }, (_, index) =>
      makePool(
        key,
        spec,
        dex,
        index,
        { coins, tokens },
        addresses.make(POOL_CODE + dexIndex * 4096 + index, dex.longIds),
      ),
    ),
  );
  return { spec, addresses, coins, tokens, pools };
}

function makeCoin(seed: number, network: NetworkSpec, coin: CoinSpec, inventedAddress: string): Token {
  const asset = ASSETS[coin.asset];
  const address = coin.address ?? inventedAddress;
  return {
    id: `${network.id}_${address}`,
    networkId: network.id,
    address,
    symbol: coin.symbol,
    name: coin.name,
    decimals: coin.decimals,
    supply: asset.supply,
    circulating: 1,
    coinId: coin.coinId,
    // One path per asset, not per network: a wrapped coin costs the same everywhere.
    path: new PricePath({ key: hashText(seed, coin.asset), ...asset }),
    launchpad: null,
  };
}

function inventToken(key: number, network: NetworkSpec, address: string, index: number): Token {
  const random = new Random(hash(key, TOKEN_CODE, index));
  const size = sizeOfToken(index, network.inventedTokens);
  const supply = random.pick([1e8, 1e9, 1e9, 1e10]);
  const valueUsd =
    size === 'mid'
      ? random.logBetween(2e7, 9e8)
      : size === 'meme'
        ? random.logBetween(2e5, 3e7)
        : random.logBetween(4e4, 4e6);
  const dailyVolatility =
    size === 'mid' ? random.between(0.06, 0.12) : random.between(0.12, size === 'meme' ? 0.4 : 0.22);
  const { name, symbol } = inventName(random);
  return {
    id: `${network.id}_${address}`,
    networkId: network.id,
    address,
    symbol,
    name,
    decimals: network.family === 'base58' ? random.pick([6, 6, 9]) : 18,
    supply,
    circulating: size === 'mid' ? random.between(0.4, 1) : null,
    coinId: size === 'mid' ? name.toLowerCase().replaceAll(' ', '-') : null,
    path: new PricePath({ key: hash(key, index, 7), levelUsd: valueUsd / supply, dailyVolatility }),
    launchpad: null,
  };
}

/** The first fifth of a network's tokens are known ones, the next two fifths lively, the rest quiet. */
function sizeOfToken(index: number, of: number): 'mid' | 'meme' | 'quiet' {
  return index < of / 5 ? 'mid' : index < (of * 3) / 5 ? 'meme' : 'quiet';
}

function makePool(
  key: number,
  network: NetworkSpec,
  dex: DexSpec,
  index: number,
  known: { readonly coins: readonly Token[]; readonly tokens: readonly Token[] },
  address: string,
): Pool {
  const poolKey = hashText(key, address);
  const random = new Random(poolKey);
  const pair = choosePair(random, network, dex, index, known);
  const size = SIZES[pair.size];
  const bornAtS = Math.floor(random.between(FIRST_POOL_AT_S, LAST_POOL_AT_S));
  const dead = pair.size === 'quiet' && random.chance(DEAD_CHANCE * 2);
  const tradesPerHour = random.logBetween(...size.tradesPerHour);
  const activity: Activity = { kind: 'steady', tradesPerHour };
  return {
    key: poolKey,
    id: `${network.id}_${address}`,
    networkId: network.id,
    address,
    dex: { id: dex.id, name: dex.name },
    base: pair.base,
    quote: pair.quote,
    extra: pair.extra,
    feePct: dex.feePct,
    bornAtS,
    endsAtS: dead ? LAST_POOL_AT_S + Math.floor(random.between(0, 365)) * SECONDS_PER_DAY : Number.POSITIVE_INFINITY,
    birthKnown: bornAtS >= BIRTHS_KNOWN_FROM_S,
    activity,
    tradeUsd: { median: random.logBetween(...size.medianUsd), sigma: size.sigma },
    halfSpread: size.halfSpread * (pair.pegged ? 0.2 : 1),
    wallets: walletsFor(tradesPerHour * 24),
    depthUsd: random.logBetween(...size.depthUsd),
    ruggedAtS: null,
    fdvUnknown: false,
  };
}

/** Enough wallets that a day's buyers are somewhat fewer than its buys. */
export function walletsFor(tradesPerDay: number): number {
  return Math.min(2048, Math.max(32, Math.ceil((tradesPerDay * 0.6) / 32) * 32));
}

interface Pair {
  readonly base: Token;
  readonly quote: Token;
  readonly extra: Token | null;
  readonly size: Size;
  readonly pegged: boolean;
}

function choosePair(
  random: Random,
  network: NetworkSpec,
  dex: DexSpec,
  index: number,
  known: { readonly coins: readonly Token[]; readonly tokens: readonly Token[] },
): Pair {
  const { coins, tokens } = known;
  const dollars = network.coins.flatMap((spec, at) =>
    spec.asset.startsWith('usd') || spec.asset === 'dai' ? [at] : [],
  );
  const coinAt = (at: number): Token => {
    const coin = coins[at % coins.length];
    if (coin === undefined) throw new Error(`network ${network.id} has no coins`);
    return coin;
  };
  const native = coinAt(0);
  if (dex.flavour === 'stable') {
    const base = coinAt(dollars[index % dollars.length] ?? 1);
    const quote = coinAt(dollars[(index + 1) % dollars.length] ?? 2);
    // One pool of three tokens: candles are refused for such pools.
    const extra = index === 0 ? coinAt(dollars[2] ?? 1) : null;
    return { base, quote, extra, size: 'blue', pegged: true };
  }
  if (dex.flavour === 'blue' && index < coins.length - 1) {
    const other = coinAt(index + 1);
    const otherIsDollar = dollars.includes(index + 1);
    return {
      base: otherIsDollar ? native : other,
      quote: otherIsDollar ? other : native,
      extra: null,
      size: 'blue',
      pegged: false,
    };
  }
  // Each DEX walks the tokens from its own starting point, so popular tokens have pools on several.
  const at = dex.flavour === 'blue' ? index - (coins.length - 1) : Math.floor(tokens.length / 5) + index * 2;
  const position = (at + (index % 3)) % tokens.length;
  const base = tokens[position] ?? native;
  const quote = random.chance(QUOTED_IN_DOLLARS_CHANCE) ? coinAt(dollars[0] ?? 1) : native;
  return { base, quote, extra: null, size: sizeOfToken(position, tokens.length), pegged: false };
}
