// Candles of the original: its table, and the QLib files made from it. A bar that contradicts itself is not repaired.
import type { CandleRow, Timeframe } from '../../../shared/domain/market';
import { compareDecimals } from '../../../shared/util/decimal';
import { type Cells, Rejection } from '../cells';
import { identify } from '../identity';
import type { MapContext } from './mapContext';

const NAMES = /^(\d{1,4})\s*(m|min|minute|h|hour|d|day)s?$/i;
const UNITS: Readonly<Record<string, readonly [Timeframe, number]>> = {
  m: ['minute', 60],
  h: ['hour', 3_600],
  d: ['day', 86_400],
};

interface Bar {
  readonly timeframe: Timeframe;
  readonly aggregate: number;
  readonly seconds: number;
}

export function mapCandle(cells: Cells, context: MapContext): CandleRow {
  const name = cells.required(cells.text('timeframe'), 'no timeframe', 'timeframe');
  const bar = cells.required(barNamed(name), 'unknown timeframe', 'timeframe');
  const pool = cells.required(cells.text('pool_id'), 'no pool', 'pool_id');
  return candle(cells, context, pool, bar);
}

/** QLib files know neither pool nor bar: the symbol is the pool's id, the bar is told by the times of all rows. */
export function mapQlibCandle(cells: Cells, context: MapContext): CandleRow {
  const symbol = cells.required(cells.text('symbol'), 'no symbol', 'symbol');
  return candle(cells, context, symbol, cells.required(barOf(context.evidence.barS), 'no bar fits its times'));
}

function candle(cells: Cells, { evidence }: MapContext, pool: string, bar: Bar): CandleRow {
  const { id } = identify(cells, pool, null, evidence.networks);
  // The number is right even where the text beside it was written in local time.
  const startsAtMs = cells.required(
    cells.timeMs('timestamp', 'datetime'),
    'its time cannot be read',
    'timestamp',
    'datetime',
  );
  const startsAtS = startsAtMs / 1_000;
  if (startsAtS % bar.seconds !== 0) throw new Rejection('its time is not the start of a bar', String(startsAtS));
  const price = (...names: readonly string[]): string => {
    const value = cells.required(cells.decimal(...names), 'a price is missing', ...names);
    if (value === '0' || value.startsWith('-')) throw new Rejection('a price that is not above zero', value);
    return value;
  };
  const [open, high, low, close] = [
    price('open_price', 'open'),
    price('high_price', 'high'),
    price('low_price', 'low'),
    price('close_price', 'close'),
  ];
  const volume = cells.required(cells.decimal('volume_usd', 'volume'), 'no volume', 'volume_usd', 'volume');
  if (volume.startsWith('-')) throw new Rejection('a volume below zero', volume);
  const fits = [open, close].every((value) => compareDecimals(low, value) <= 0 && compareDecimals(value, high) <= 0);
  if (!fits) throw new Rejection('its prices contradict each other', `${open} ${high} ${low} ${close}`);
  return {
    poolId: id,
    timeframe: bar.timeframe,
    aggregate: bar.aggregate,
    side: 'base',
    currency: 'usd',
    startsAtS,
    open,
    high,
    low,
    close,
    volume,
    // When it was complete, unless the source says that it was stored later: what was collected here may be newer and stays.
    observedAtMs: Math.max(startsAtMs + bar.seconds * 1_000, cells.timeMs('created_at') ?? 0),
  };
}

function barNamed(name: string): Bar | null {
  const [, count, unit] = NAMES.exec(name.trim()) ?? [];
  const [timeframe, seconds] = UNITS[unit?.charAt(0).toLowerCase() ?? ''] ?? [];
  if (timeframe === undefined || seconds === undefined) return null;
  return { timeframe, aggregate: Number(count), seconds: Number(count) * seconds };
}

function barOf(seconds: number | null): Bar | null {
  if (seconds === null) return null;
  const [timeframe, unit] =
    seconds % 86_400 === 0
      ? (['day', 86_400] as const)
      : seconds % 3_600 === 0
        ? (['hour', 3_600] as const)
        : (['minute', 60] as const);
  return { timeframe, aggregate: seconds / unit, seconds };
}
