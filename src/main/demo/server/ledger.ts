// What the server has served in complete 200 answers, so that a collected database can be compared with it row by row.
// It grows with what is served, so it is kept only where somebody asks for it.
import type { Answer } from './answers';
import { isObject } from './dataFaults';
import type { JsonObject, JsonValue } from './resources';

export interface LedgerReport {
  /** Requests to the API, whatever became of them. */
  readonly calls: number;
  /** Complete 200 answers, from the cache or not. */
  readonly served: number;
  readonly cacheHits: number;
  readonly throttles: number;
  /** Answers other than 200 and 429 by status. */
  readonly errors: Readonly<Record<string, number>>;
  /** Answers that were cut, dropped or left unread. */
  readonly incomplete: number;
  readonly counts: {
    readonly networks: number;
    readonly dexes: number;
    readonly pools: number;
    readonly tokens: number;
    readonly candles: number;
    readonly trades: number;
  };
  /** Network id → attributes as last served. */
  readonly networks: Readonly<Record<string, JsonObject>>;
  /** `<network>/<dex>` → attributes as last served. */
  readonly dexes: Readonly<Record<string, JsonObject>>;
  /** Pool id → attributes as last served, with `base_token`, `quote_token` and `dex` ids. */
  readonly pools: Readonly<Record<string, JsonObject>>;
  /** Token id → attributes as last served; answers tell different ones. */
  readonly tokens: Readonly<Record<string, JsonObject>>;
  /** Trade id → attributes as last served. */
  readonly trades: Readonly<Record<string, JsonObject>>;
  /** `<network>/<pool address>/<timeframe>/<aggregate>/<side>/<currency>/<start in seconds>` → open, high, low, close, volume as last served. */
  readonly candles: Readonly<Record<string, readonly number[]>>;
}

export class Ledger {
  #calls = 0;
  #served = 0;
  #cacheHits = 0;
  #throttles = 0;
  #incomplete = 0;
  readonly #networkIds: readonly string[];
  readonly #errors = new Map<string, number>();
  readonly #networks = new Map<string, JsonObject>();
  readonly #dexes = new Map<string, JsonObject>();
  readonly #pools = new Map<string, JsonObject>();
  readonly #tokens = new Map<string, JsonObject>();
  readonly #trades = new Map<string, JsonObject>();
  readonly #candles = new Map<string, readonly number[]>();

  constructor(networkIds: readonly string[]) {
    this.#networkIds = networkIds;
  }

  called(): void {
    this.#calls += 1;
  }

  failed(status: number): void {
    if (status === 429) this.#throttles += 1;
    else this.#errors.set(String(status), (this.#errors.get(String(status)) ?? 0) + 1);
  }

  wasIncomplete(): void {
    this.#incomplete += 1;
  }

  /** Call only when the last byte has been handed over. */
  served(answer: Answer, fromCache: boolean): void {
    this.#served += 1;
    if (fromCache) this.#cacheHits += 1;
    if (!isObject(answer.body)) return;
    const resources = [...resourcesIn(answer.body.data), ...resourcesIn(answer.body.included)];
    const networkOfDex = new Map<string, string>();
    for (const resource of resources) {
      if (resource.type === 'pool') this.#addPool(resource, answer.networkId, networkOfDex);
      if (resource.type === 'network') this.#networks.set(resource.id, resource.attributes);
      if (resource.type === 'trade') this.#trades.set(resource.id, resource.attributes);
      if (resource.type === 'token')
        this.#tokens.set(resource.id, { ...this.#tokens.get(resource.id), ...resource.attributes });
    }
    for (const resource of resources) {
      if (resource.type !== 'dex') continue;
      const networkId = answer.networkId ?? networkOfDex.get(resource.id) ?? '';
      this.#dexes.set(`${networkId}/${resource.id}`, resource.attributes);
    }
    if (answer.candles !== null) this.#addCandles(answer);
  }

  report(): LedgerReport {
    return {
      calls: this.#calls,
      served: this.#served,
      cacheHits: this.#cacheHits,
      throttles: this.#throttles,
      errors: Object.fromEntries(this.#errors),
      incomplete: this.#incomplete,
      counts: {
        networks: this.#networks.size,
        dexes: this.#dexes.size,
        pools: this.#pools.size,
        tokens: this.#tokens.size,
        candles: this.#candles.size,
        trades: this.#trades.size,
      },
      networks: Object.fromEntries(this.#networks),
      dexes: Object.fromEntries(this.#dexes),
      pools: Object.fromEntries(this.#pools),
      tokens: Object.fromEntries(this.#tokens),
      trades: Object.fromEntries(this.#trades),
      candles: Object.fromEntries(this.#candles),
    };
  }

  #addPool(resource: ServedResource, networkId: string | null, networkOfDex: Map<string, string>): void {
    const links = {
      base_token: linkedId(resource, 'base_token'),
      quote_token: linkedId(resource, 'quote_token'),
      dex: linkedId(resource, 'dex'),
    };
    this.#pools.set(resource.id, { ...resource.attributes, ...links });
    // Ids begin with the network, and network ids may hold "_" themselves.
    const network = networkId ?? this.#networkIds.find((id) => resource.id.startsWith(`${id}_`));
    if (links.dex !== null && network !== undefined) networkOfDex.set(links.dex, network);
  }

  #addCandles({ body, networkId, candles }: Answer): void {
    if (candles === null || !isObject(body) || !isObject(body.data) || !isObject(body.data.attributes)) return;
    const { poolId, timeframe, aggregate, side, currency } = candles;
    const address = poolId.slice((networkId ?? '').length + 1);
    const rows = body.data.attributes.ohlcv_list;
    if (!Array.isArray(rows)) return;
    for (const row of rows as readonly (readonly number[])[]) {
      const [startS, ...values] = row;
      this.#candles.set([networkId, address, timeframe, aggregate, side, currency, startS].join('/'), values);
    }
  }
}

interface ServedResource {
  readonly id: string;
  readonly type: string;
  readonly attributes: JsonObject;
  readonly relationships: JsonValue | undefined;
}

function resourcesIn(value: JsonValue | undefined): readonly ServedResource[] {
  const list: readonly JsonValue[] = Array.isArray(value) ? value : value === undefined ? [] : [value as JsonValue];
  return list.flatMap((entry) =>
    isObject(entry) && typeof entry.id === 'string' && typeof entry.type === 'string' && isObject(entry.attributes)
      ? [{ id: entry.id, type: entry.type, attributes: entry.attributes, relationships: entry.relationships }]
      : [],
  );
}

function linkedId(resource: ServedResource, name: string): string | null {
  const links = resource.relationships;
  const link = isObject(links) ? links[name] : undefined;
  return isObject(link) && isObject(link.data) && typeof link.data.id === 'string' ? link.data.id : null;
}
