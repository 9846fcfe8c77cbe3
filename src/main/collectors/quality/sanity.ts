// Notices figures that are hard to believe beside the last ones. Pure. Ratios are floats: they judge, they are never stored.
import type { PoolFigureRecord } from '../../../shared/contract/reads';
import type { CandleRow, Decimal, PoolRow } from '../../../shared/domain/market';
import type { SanityFlag, SanityKind } from '../../../shared/domain/runQuality';

/** Launches really move this much within a minute; beyond it a slipped decimal point or a swapped token is likelier. */
const JUMP_FACTORS = { price_jump: 10, reserve_jump: 20, volume_jump: 100 } as const;
/** Volume of a day per dollar in the pool; drained pools show millions. */
const VOLUME_PER_RESERVE = 1_000;
const BAR_FACTOR = 50;
/** After a longer silence any change is possible. */
const COMPARABLE_MS = 6 * 3_600_000;

type Figures = Pick<PoolRow, 'basePriceUsd' | 'reserveUsd' | 'volumeUsdH24'>;

export function checkPool(
  pool: Pick<PoolRow, 'id' | 'name' | 'observedAtMs'> & Figures,
  before: PoolFigureRecord | null,
) {
  const flags: SanityFlag[] = [];
  const subject = pool.name ?? pool.id;
  const volumePerReserve = ratio(pool.volumeUsdH24, pool.reserveUsd);
  if (volumePerReserve !== null && volumePerReserve > VOLUME_PER_RESERVE) {
    const detail = `It traded ${pool.volumeUsdH24} USD in a day with ${pool.reserveUsd} USD in the pool.`;
    flags.push({ kind: 'volume_beyond_reserve', subject, detail });
  }
  if (!before || pool.observedAtMs - before.observedAtMs > COMPARABLE_MS) return flags;
  const jump = (kind: keyof typeof JUMP_FACTORS, what: string, from: Decimal | null, to: Decimal | null): void => {
    const flag = jumpFlag(kind, JUMP_FACTORS[kind], subject, what, from, to);
    if (flag) flags.push(flag);
  };
  jump('price_jump', 'price', before.basePriceUsd, pool.basePriceUsd);
  jump('reserve_jump', 'reserve', before.reserveUsd, pool.reserveUsd);
  jump('volume_jump', 'volume of a day', before.volumeUsdH24, pool.volumeUsdH24);
  return flags;
}

/** Bars of one series, oldest first. A series opens where the bar before closed, so only its own range can jump. */
export function checkBars(
  bars: readonly Pick<CandleRow, 'poolId' | 'startsAtS' | 'high' | 'low'>[],
): readonly SanityFlag[] {
  return bars.flatMap(({ poolId, startsAtS, high, low }) => {
    const factor = ratio(high, low);
    if (factor === null || factor <= BAR_FACTOR) return [];
    const at = new Date(startsAtS * 1_000).toISOString();
    return [{ kind: 'bar_jump', subject: poolId, detail: `The bar of ${at} goes from ${low} to ${high}.` }];
  });
}

function jumpFlag(
  kind: SanityKind,
  bound: number,
  subject: string,
  what: string,
  from: Decimal | null,
  to: Decimal | null,
): SanityFlag | null {
  const factor = ratio(to, from);
  if (factor === null || (factor <= bound && factor >= 1 / bound)) return null;
  return { kind, subject, detail: `Its ${what} went from ${from} to ${to} since the last observation.` };
}

/** Null where nothing can be compared: unknown, or nothing to divide by. */
function ratio(value: Decimal | null, by: Decimal | null): number | null {
  const divisor = Number(by ?? 0);
  if (value === null || divisor === 0) return null;
  const factor = Number(value) / divisor;
  return Number.isFinite(factor) ? factor : null;
}
