// Pools that are born while one watches. Time is cut into slots; each slot may hold one launch, and everything about that launch
// (its token, its pools, its fate) follows from the slot's number alone. Nothing is stored for ever.
import type { LaunchSpec } from './catalogue';
import type { EstablishedNetwork } from './establishedPools';
import { walletsFor } from './establishedPools';
import type { Dex, Pool, Token } from './model';
import { SECONDS_PER_HOUR } from './model';
import { inventName } from './names';
import { PricePath } from './pricePath';
import { Random, hash } from './random';

/** Slot 0 starts here. */
const EPOCH_S = Date.UTC(2025, 0, 1) / 1000;
const EMPTY_SLOT_CHANCE = 0.08;
const CODES_PER_SLOT = 4;
const TOKEN_CODE = 0;
const POOL_CODE = 1;
const GRADUATED_CODE = 2;
/** First code that belongs to established addresses. */
const CODES_END = 0xc000_0000;
const LAUNCH_SUPPLY = 1e9;
/** The curve is full when the price has grown this many times. */
const GRADUATION_FACTOR = 11.3;
const MIGRATION_S = 20;
const RUG_LOG = Math.log(0.0045);
const RUG_TAKES_S = 90;
/** After this many decay times a launch pool has fallen silent. */
const SILENT_AFTER_DECAYS = 7;

interface Launch {
  readonly slot: number;
  readonly bornAtS: number;
  readonly token: Token;
  /** One pool, or two when the token graduated: oldest first. */
  readonly pools: readonly Pool[];
}

type Fate =
  | { readonly kind: 'dud'; readonly trades: number }
  | { readonly kind: 'runner'; readonly trades: number; readonly peakLog: number; readonly peakAfterS: number }
  | {
      readonly kind: 'success';
      readonly trades: number;
      readonly fullAfterS: number;
      readonly rugAfterS: number | null;
    };

/** The launches of one network. */
export class LaunchCalendar {
  readonly #network: EstablishedNetwork;
  readonly #spec: LaunchSpec;
  readonly #key: number;
  readonly #launches = new Map<number, Launch | null>();

  constructor(seed: number, network: EstablishedNetwork, spec: LaunchSpec) {
    this.#network = network;
    this.#spec = spec;
    this.#key = hash(seed, EPOCH_S, spec.everyS);
  }

  /** Launches in (fromS, untilS], newest first. Keeps what it made and forgets what lies before `fromS`. */
  between(fromS: number, untilS: number): readonly Launch[] {
    const found: Launch[] = [];
    const firstSlot = Math.max(0, this.#slotOf(fromS));
    for (let slot = this.#slotOf(untilS); slot >= firstSlot; slot -= 1) {
      let launch = this.#launches.get(slot);
      if (launch === undefined) {
        launch = this.#make(slot);
        this.#launches.set(slot, launch);
      }
      if (launch !== null && launch.bornAtS > fromS && launch.bornAtS <= untilS) found.push(launch);
    }
    for (const slot of this.#launches.keys()) if (slot < firstSlot) this.#launches.delete(slot);
    return found;
  }

  /** The launch whose token or pool has this address, however long ago; null when there is none. */
  find(address: string): Launch | null {
    const code = this.#network.addresses.read(address);
    if (code === null || code >= CODES_END) return null;
    const slot = Math.floor(code / CODES_PER_SLOT);
    return this.#launches.get(slot) ?? this.#make(slot);
  }

  #slotOf(atS: number): number {
    return Math.floor((atS - EPOCH_S) / this.#spec.everyS);
  }

  #make(slot: number): Launch | null {
    const random = new Random(hash(this.#key, slot));
    if (random.chance(EMPTY_SLOT_CHANCE)) return null;
    const bornAtS = EPOCH_S + slot * this.#spec.everyS + random.int(this.#spec.everyS);
    const fate = drawFate(random, this.#spec.graduatesTo !== null);
    const graduatedAtS = fate.kind === 'success' && this.#spec.graduatesTo !== null ? bornAtS + fate.fullAfterS : null;
    const token = this.#makeToken(random, slot, bornAtS, fate, graduatedAtS);
    const first = this.#makePool(random, slot, token, bornAtS, fate, graduatedAtS);
    const pools = graduatedAtS === null ? [first] : [first, this.#graduate(random, slot, token, graduatedAtS, fate)];
    return { slot, bornAtS, token, pools };
  }

  #address(slot: number, code: number, long = false): string {
    return this.#network.addresses.make(slot * CODES_PER_SLOT + code, long);
  }

  #makeToken(random: Random, slot: number, bornAtS: number, fate: Fate, graduatedAtS: number | null): Token {
    const networkId = this.#network.spec.id;
    const address = this.#address(slot, TOKEN_CODE);
    const { name, symbol } = inventName(random);
    const curved = this.#spec.graduatesTo !== null;
    return {
      id: `${networkId}_${address}`,
      networkId,
      address,
      symbol,
      name,
      decimals: this.#network.spec.family === 'base58' ? 6 : 18,
      supply: LAUNCH_SUPPLY,
      circulating: null,
      coinId: null,
      path: new PricePath({
        key: hash(this.#key, slot, 5),
        levelUsd: this.#spec.levelUsd * random.between(0.97, 1.05),
        dailyVolatility: fate.kind === 'dud' ? 0.15 : 0.55,
        shape: (atS) => shapeOf(fate, atS - bornAtS),
      }),
      launchpad: curved
        ? { graduatedAtS, graduatedPoolAddress: graduatedAtS === null ? null : this.#address(slot, GRADUATED_CODE) }
        : null,
    };
  }

  #makePool(
    random: Random,
    slot: number,
    token: Token,
    bornAtS: number,
    fate: Fate,
    graduatedAtS: number | null,
  ): Pool {
    const dex = this.#chooseDex(random);
    const decayS = fate.kind === 'dud' ? random.between(90, 900) : random.between(1800, 3 * SECONDS_PER_HOUR);
    const rugAfterS = fate.kind === 'success' ? fate.rugAfterS : null;
    return this.#pool({
      address: this.#address(slot, POOL_CODE, dex.long),
      dex: dex.dex,
      token,
      bornAtS,
      endsAtS: graduatedAtS ?? Math.ceil(bornAtS + decayS * SILENT_AFTER_DECAYS),
      trades: fate.trades,
      decayS,
      depthUsd: this.#spec.depthUsd,
      ruggedAtS: graduatedAtS === null && rugAfterS !== null ? bornAtS + rugAfterS : null,
      fdvUnknown: random.chance(0.03),
    });
  }

  #graduate(random: Random, slot: number, token: Token, graduatedAtS: number, fate: Fate): Pool {
    const decayS = random.between(3, 9) * SECONDS_PER_HOUR;
    const bornAtS = graduatedAtS + MIGRATION_S;
    const rugAfterS = fate.kind === 'success' ? fate.rugAfterS : null;
    return this.#pool({
      address: this.#address(slot, GRADUATED_CODE),
      dex: this.#dexNamed(this.#spec.graduatesTo ?? ''),
      token,
      bornAtS,
      endsAtS: Math.ceil(bornAtS + decayS * SILENT_AFTER_DECAYS),
      trades: fate.trades * random.between(3, 9),
      decayS,
      depthUsd: this.#spec.depthUsd * random.between(1.1, 3),
      ruggedAtS: rugAfterS === null ? null : graduatedAtS + rugAfterS,
      fdvUnknown: false,
    });
  }

  #pool(
    parts: Pick<Pool, 'address' | 'dex' | 'bornAtS' | 'endsAtS' | 'depthUsd' | 'ruggedAtS' | 'fdvUnknown'> & {
      readonly token: Token;
      readonly trades: number;
      readonly decayS: number;
    },
  ): Pool {
    const { token, trades, decayS, ...rest } = parts;
    const quote = this.#network.coins[0];
    if (quote === undefined) throw new Error(`network ${this.#network.spec.id} has no native coin`);
    return {
      ...rest,
      key: hash(this.#key, rest.bornAtS, rest.dex.id.length),
      id: `${token.networkId}_${rest.address}`,
      networkId: token.networkId,
      base: token,
      quote,
      extra: null,
      feePct: null,
      birthKnown: true,
      activity: { kind: 'launch', trades, decayS },
      tradeUsd: { median: 38, sigma: 1.5 },
      halfSpread: 0.006,
      wallets: walletsFor(trades),
    };
  }

  #chooseDex(random: Random): { readonly dex: Dex; readonly long: boolean } {
    const total = this.#spec.launchpads.reduce((sum, entry) => sum + entry.weight, 0);
    let left = random.unit() * total;
    const chosen = this.#spec.launchpads.find((entry) => (left -= entry.weight) <= 0) ?? this.#spec.launchpads[0];
    const spec = this.#network.spec.dexes.find((entry) => entry.id === chosen?.dexId);
    return { dex: this.#dexNamed(chosen?.dexId ?? ''), long: spec?.longIds ?? false };
  }

  #dexNamed(id: string): Dex {
    const spec = this.#network.spec.dexes.find((entry) => entry.id === id);
    if (spec === undefined) throw new Error(`network ${this.#network.spec.id} has no DEX "${id}"`);
    return { id: spec.id, name: spec.name };
  }
}

/** Three quarters of all launches go nowhere; a few fill their curve, and one in five of those is pulled away from their holders. */
function drawFate(random: Random, curved: boolean): Fate {
  const roll = random.unit();
  if (roll < 0.74) return { kind: 'dud', trades: random.logBetween(2, 30) };
  if (roll < 0.955) {
    return {
      kind: 'runner',
      trades: random.logBetween(40, 400),
      peakLog: random.between(0.3, curved ? 2 : 2.4),
      peakAfterS: random.between(300, 5400),
    };
  }
  return {
    kind: 'success',
    trades: random.logBetween(200, 900),
    fullAfterS: Math.round(random.logBetween(240, 3 * SECONDS_PER_HOUR)),
    rugAfterS: random.chance(0.22) ? Math.round(random.between(0.5, 16) * SECONDS_PER_HOUR) : null,
  };
}

/** Logarithm of the price against the launch price, `ageS` seconds after the launch. */
function shapeOf(fate: Fate, ageS: number): number {
  switch (fate.kind) {
    case 'dud':
      return 0;
    case 'runner': {
      const x = Math.max(0, ageS) / fate.peakAfterS;
      return x < 1 ? fate.peakLog * x : fate.peakLog * (0.15 + 0.85 * Math.exp(-(x - 1) / 4));
    }
    case 'success': {
      const climb = Math.min(1, Math.max(0, ageS) / fate.fullAfterS) * Math.log(GRADUATION_FACTOR);
      if (fate.rugAfterS === null) return climb;
      const sinceRugS = ageS - fate.fullAfterS - fate.rugAfterS;
      return climb + RUG_LOG * Math.min(1, Math.max(0, sinceRugS / RUG_TAKES_S));
    }
  }
}
