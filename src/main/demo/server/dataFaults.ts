// Makes a good answer odd in one of the ways that the real service has been: rewrites a copy, never the market.
import { assertNever } from '../../../shared/util/assertNever';
import type { DataFault } from './faults';
import type { JsonObject, JsonValue } from './resources';

/** Text fields that hold a number. */
const NUMERIC_NAME = /price|reserve|_usd|native_currency/;
const NULLABLE =
  /^(?:fdv_usd|market_cap_usd|pool_created_at|image_url|coingecko_coin_id|decimals|symbol)$|price_quote|price_base/;

export function applyDataFault(body: JsonValue, fault: DataFault): JsonValue {
  switch (fault) {
    case 'nan':
      return rewrite(body, (name, value) => (typeof value === 'string' && NUMERIC_NAME.test(name) ? 'NaN' : value));
    case 'nulls':
      return rewrite(body, (name, value) => (NULLABLE.test(name) ? null : value));
    case 'escaped-names':
      return rewrite(body, (name, value) =>
        name === 'name' && typeof value === 'string' ? `${value} &amp; S&lt;on&gt; \u202Ertl` : value,
      );
    case 'unknown-fields':
      return rewrite(body, (name, value) =>
        name === 'attributes' && isObject(value) ? { ...value, brand_new_field: { nested: [1, 'two', null] } } : value,
      );
    case 'missing-windows':
      return rewrite(body, (name, value) =>
        (name === 'transactions' || name === 'volume_usd' || name === 'price_change_percentage') && isObject(value)
          ? Object.fromEntries(Object.entries(value).filter(([window]) => window === 'h1' || window === 'h24'))
          : value,
      );
    case 'duplicate-bars':
      return rewriteBars(body, (bars) => bars.flatMap((bar, index) => (index % 5 === 1 ? [bar, bar] : [bar])));
    case 'conflicting-bars':
      // The second of the pair saw less of the bar: lower volume, another close.
      return rewriteBars(body, (bars) =>
        bars.flatMap((bar, index) => (index % 5 === 1 ? [bar, withLess(bar)] : [bar])),
      );
    case 'out-of-order':
      return rewriteBars(body, (bars) => bars.map((_, index) => bars[index ^ 1] ?? bars[index] ?? []));
    case 'open-outside':
      return rewriteBars(body, (bars) =>
        bars.map((bar, index) =>
          index % 3 === 0 ? bar.map((value, at) => (at === 1 ? Number(bar[2]) * 1.01 : value)) : bar,
        ),
      );
    default:
      return assertNever(fault);
  }
}

function withLess(bar: readonly JsonValue[]): readonly JsonValue[] {
  const [startS = 0, open = 0, high = 0, low = 0, , volume = 0] = bar;
  return [startS, open, high, low, open, Number(volume) / 2];
}

function rewriteBars(
  body: JsonValue,
  change: (bars: readonly (readonly JsonValue[])[]) => readonly (readonly JsonValue[])[],
): JsonValue {
  return rewrite(body, (name, value) =>
    name === 'ohlcv_list' && isList(value) ? change(value.flatMap((bar) => (isList(bar) ? [bar] : []))) : value,
  );
}

/** Copies the tree, passing every named value through `change`, innermost first. */
function rewrite(value: JsonValue, change: (name: string, value: JsonValue) => JsonValue, name = ''): JsonValue {
  if (isList(value))
    return change(
      name,
      value.map((item) => rewrite(item, change)),
    );
  if (!isObject(value)) return change(name, value);
  return change(
    name,
    Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rewrite(item, change, key)])),
  );
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
