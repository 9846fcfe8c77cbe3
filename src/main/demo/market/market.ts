// The whole stand-in market at one moment: who exists, in which order lists show them, what each pool looks like.
import { CandleMaker } from './candles';
import type { Candle, CandleQuery } from './candles';
import { NETWORKS } from './catalogue';
import type { EstablishedNetwork } from './establishedPools';
import { establishNetwork } from './establishedPools';
import { LaunchCalendar } from './launches';
import type { Network, Pool, Token } from './model';
import { SECONDS_PER_DAY } from './model';
import { TradeHistory, countUntil, hourOf } from './tradeHistory';
import type { LastTrade } from './tradeHistory';
import { BUY_FLAG } from './trades';
import type { WindowName, WindowSums } from './windows';
import { sumDay, sumWindows } from './windows';

/** Everything is shown as of the last such mark, as the real service lags the chain by some seconds. */
const TICK_S = 5;
/** How long a launch stays in lists. */
const NEW_FOR_S = 2 * SECONDS_PER_DAY;
/** What is left of the liquidity after a rug pull. */
const RUGGED_PART = 2e-6;
const TRENDING_CANDIDATES = 60;
const TRENDING_MIN_RESERVE_USD = 8000;

export type TopSort = 'h24_tx_count_desc' | 'h24_volume_usd_desc';

export interface PoolView {
  readonly pool: Pool;
  readonly last: LastTrade | null;
  readonly windows: WindowSums;
  readonly reserveUsd: number;
  /** Price of the network's own coin when the last trade happened, US dollars. */
  readonly nativeUsd: number;
}

export interface TradeView {
  /** Position in the pool's history: hour and index within it. */
  readonly hour: number;
  readonly index: number;
  readonly atS: number;
  readonly isBuy: boolean;
  readonly wallet: number;
  readonly priceUsd: number;
  readonly quoteUsd: number;
  readonly volumeUsd: number;
}

interface NetworkState {
  readonly network: Network;
  readonly established: EstablishedNetwork;
  readonly launches: LaunchCalendar | null;
  readonly poolsByAddress: ReadonlyMap<string, Pool>;
  readonly tokensByAddress: ReadonlyMap<string, Token>;
}

export class Market {
  readonly #states: ReadonlyMap<string, NetworkState>;
  readonly #history = new TradeHistory();
  readonly #candles = new CandleMaker(this.#history);
  /** Lists of the current moment. */
  #rankings = new Map<string, readonly Pool[]>();
  #rankingsAtS = Number.NaN;

  constructor(seed: number) {
    this.#states = new Map(NETWORKS.map((spec) => [spec.id, makeState(seed, spec.id)]));
  }

  /** The moment that answers given at `nowMs` show, seconds since the epoch. */
  static momentOf(nowMs: number): number {
    return Math.floor(nowMs / 1000 / TICK_S) * TICK_S;
  }

  networks(): readonly Network[] {
    return [...this.#states.values()].map((state) => state.network);
  }

  network(id: string): Network | null {
    return this.#states.get(id)?.network ?? null;
  }

  nativeCoin(networkId: string): Token {
    const coin = this.#state(networkId).established.coins[0];
    if (coin === undefined) throw new Error(`network ${networkId} has no native coin`);
    return coin;
  }

  /** Null when no such pool exists, or not yet. Solana addresses are taken as they are, hex ones in either case. */
  pool(networkId: string, address: string, atS: number): Pool | null {
    const state = this.#state(networkId);
    const key = fold(state, address);
    const pool =
      state.poolsByAddress.get(key) ??
      state.launches?.find(key)?.pools.find((candidate) => candidate.address === key) ??
      null;
    return pool !== null && pool.bornAtS <= atS ? pool : null;
  }

  token(networkId: string, address: string, atS: number): Token | null {
    const state = this.#state(networkId);
    const key = fold(state, address);
    const known = state.tokensByAddress.get(key);
    if (known !== undefined) return known;
    const launch = state.launches?.find(key) ?? null;
    return launch !== null && launch.token.address === key && launch.bornAtS <= atS ? launch.token : null;
  }

  topPools(networkId: string, dexId: string | null, sort: TopSort, atS: number): readonly Pool[] {
    return this.#ranking(`top/${networkId}/${dexId ?? ''}/${sort}`, atS, () => {
      const pools = this.#listed(networkId, atS).filter((pool) => dexId === null || pool.dex.id === dexId);
      return sortBy(pools, (pool) => {
        const day = sumDay(this.#history, pool, atS);
        return sort === 'h24_tx_count_desc' ? day.count : day.volumeUsd;
      });
    });
  }

  /** Newest first; null asks for all networks. */
  newPools(networkId: string | null, atS: number): readonly Pool[] {
    return this.#ranking(`new/${networkId ?? ''}`, atS, () => {
      const networks = networkId === null ? [...this.#states.keys()] : [networkId];
      return sortBy(
        networks.flatMap((id) => this.#launched(id, atS)),
        (pool) => pool.bornAtS,
      );
    });
  }

  trendingPools(networkId: string | null, window: WindowName, atS: number): readonly Pool[] {
    return this.#ranking(`trending/${networkId ?? ''}/${window}`, atS, () => {
      const networks = networkId === null ? [...this.#states.keys()] : [networkId];
      const candidates = networks
        .flatMap((id) => this.topPools(id, null, 'h24_tx_count_desc', atS).slice(0, TRENDING_CANDIDATES))
        .map((pool) => this.view(pool, atS))
        .filter((view) => view.reserveUsd >= TRENDING_MIN_RESERVE_USD);
      return sortBy(candidates, (view) => {
        const sum = view.windows[window];
        return Math.cbrt(sum.volumeUsd) * (1 + Math.abs(sum.changePct) / 10);
      }).map((view) => view.pool);
    });
  }

  /** Pools of the token, most traded first. */
  poolsOfToken(token: Token, atS: number): readonly Pool[] {
    return this.topPools(token.networkId, null, 'h24_volume_usd_desc', atS).filter(
      (pool) => pool.base.id === token.id || pool.quote.id === token.id,
    );
  }

  /** Pools whose name, symbol or address fits; null asks all networks. */
  search(text: string, networkId: string | null, atS: number): readonly Pool[] {
    const wanted = text.trim().toLowerCase();
    if (wanted === '') return [];
    const networks = networkId === null ? [...this.#states.keys()] : [networkId];
    return networks
      .flatMap((id) => this.topPools(id, null, 'h24_volume_usd_desc', atS))
      .filter((pool) =>
        [pool.address, pool.base.address, pool.base.symbol, pool.base.name, pool.quote.symbol].some((field) =>
          field.toLowerCase().includes(wanted),
        ),
      );
  }

  view(pool: Pool, atS: number): PoolView {
    const last = this.#history.lastTrade(pool, atS);
    return {
      pool,
      last,
      windows: sumWindows(this.#history, pool, atS),
      reserveUsd: last === null ? 0 : reserveUsd(pool, last, atS),
      nativeUsd: this.nativeCoin(pool.networkId).path.usdAt(last?.atS ?? atS),
    };
  }

  candles(pool: Pool, query: CandleQuery, atS: number): readonly Candle[] {
    return this.#candles.list(pool, query, atS);
  }

  /** The newest trades of the last day above a size, newest first. */
  trades(pool: Pool, minUsd: number, limit: number, atS: number): readonly TradeView[] {
    const found: TradeView[] = [];
    const fromS = Math.max(atS - SECONDS_PER_DAY + 1, pool.bornAtS);
    for (let hour = hourOf(Math.min(atS, pool.endsAtS)); hour >= hourOf(fromS) && found.length < limit; hour -= 1) {
      const block = this.#history.block(pool, hour);
      const oldest = countUntil(block, fromS - 1);
      for (let index = countUntil(block, atS) - 1; index >= oldest && found.length < limit; index -= 1) {
        const volumeUsd = block.volumeUsd[index] ?? 0;
        if (volumeUsd <= minUsd) continue;
        const party = block.party[index] ?? 0;
        found.push({
          hour,
          index,
          atS: block.atS[index] ?? 0,
          isBuy: (party & BUY_FLAG) !== 0,
          wallet: party & ~BUY_FLAG,
          priceUsd: block.priceUsd[index] ?? 0,
          quoteUsd: block.quoteUsd[index] ?? 0,
          volumeUsd,
        });
      }
    }
    return found;
  }

  #listed(networkId: string, atS: number): readonly Pool[] {
    const old = this.#state(networkId).established.pools.filter((pool) => pool.bornAtS <= atS);
    return [...old, ...this.#launched(networkId, atS)];
  }

  #launched(networkId: string, atS: number): readonly Pool[] {
    const launches = this.#state(networkId).launches?.between(atS - NEW_FOR_S, atS) ?? [];
    return launches.flatMap((launch) => launch.pools.filter((pool) => pool.bornAtS <= atS));
  }

  #ranking(key: string, atS: number, make: () => readonly Pool[]): readonly Pool[] {
    if (this.#rankingsAtS !== atS) {
      this.#rankings = new Map();
      this.#rankingsAtS = atS;
    }
    const known = this.#rankings.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.#rankings.set(key, made);
    return made;
  }

  #state(networkId: string): NetworkState {
    const state = this.#states.get(networkId);
    if (state === undefined) throw new Error(`no network "${networkId}"`);
    return state;
  }
}

function makeState(seed: number, networkId: string): NetworkState {
  const spec = NETWORKS.find((entry) => entry.id === networkId);
  if (spec === undefined) throw new Error(`no network "${networkId}"`);
  const established = establishNetwork(seed, spec);
  const network: Network = {
    id: spec.id,
    name: spec.name,
    platformId: spec.platformId,
    family: spec.family,
    blockSeconds: spec.blockSeconds,
    dexes: spec.dexes.map(({ id, name }) => ({ id, name })),
  };
  return {
    network,
    established,
    launches: spec.launches === null ? null : new LaunchCalendar(seed, established, spec.launches),
    poolsByAddress: new Map(established.pools.map((pool) => [pool.address, pool])),
    tokensByAddress: new Map([...established.coins, ...established.tokens].map((token) => [token.address, token])),
  };
}

function fold(state: NetworkState, address: string): string {
  return state.network.family === 'hex' ? address.toLowerCase() : address;
}

/** Both sides of a constant-product pool: the quote side grows with the square root of the price. */
function reserveUsd(pool: Pool, last: LastTrade, atS: number): number {
  const levelPrice = pool.base.path.levelUsd / pool.quote.path.levelUsd;
  const growth = Math.sqrt(last.priceUsd / last.quoteUsd / levelPrice);
  const rugged = pool.ruggedAtS !== null && atS >= pool.ruggedAtS;
  return pool.depthUsd * growth * (last.quoteUsd / pool.quote.path.levelUsd) * (rugged ? RUGGED_PART : 1);
}

/** Largest first; equal values keep a fixed order. */
function sortBy<T extends Pool | PoolView>(items: readonly T[], value: (item: T) => number): readonly T[] {
  const idOf = (item: Pool | PoolView): string => ('pool' in item ? item.pool.id : item.id);
  return items
    .map((item) => ({ item, value: value(item) }))
    .sort((a, b) => b.value - a.value || (idOf(a.item) < idOf(b.item) ? -1 : 1))
    .map((entry) => entry.item);
}
