// Stands in for the preload script: answers from given data, records orders, and lets a test push patches by hand.
import type { PoolwatchBridge } from '../../../../src/shared/contract/bridge';
import type { CommandAnswer, CommandArgs, CommandName } from '../../../../src/shared/contract/commands';
import { fail, ok, type Result } from '../../../../src/shared/contract/envelope';
import type { QueryAnswer, QueryArgs, QueryName } from '../../../../src/shared/contract/queries';
import type { AppSnapshot, SnapshotPatch, SnapshotSlices } from '../../../../src/shared/contract/snapshot';
import type { DiagnosticReport } from '../../../../src/shared/domain/diagnostics';
import type { LogLine } from '../../../../src/shared/domain/log';
import { fits } from '../../../../src/main/logging/logLine';
import { DEFAULT_SETTINGS } from '../../../../src/main/settings/settingsSchema';
import type { Settings } from '../../../../src/shared/domain/settings';
import { fakeBackTest, fakeDetails, fakeIncident, fakeNotices, fakeRules } from './fakeAlerts';
import { fakeChannels, fakeDeliveries } from './fakeDeliveries';
import { fakeBackup, fakeOperations, fakePreview, fakeTiers } from './fakeUpkeep';
import { fakeCandles, fakePoolList, fakeStorageSamples } from './fakeMarket';

const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  networks: [{ id: 'solana', dexIds: ['raydium', 'orca'] }],
  topPools: { maxPages: 3, minReserveUsd: 10_000 },
  ohlcv: { ...DEFAULT_SETTINGS.ohlcv, pools: 20, bars: [{ timeframe: 'minute', aggregate: 5 }] },
};

export interface GivenOrder {
  readonly name: CommandName;
  readonly args: unknown;
}

export class FakeBridge implements PoolwatchBridge {
  readonly orders: GivenOrder[] = [];
  readonly asked: QueryName[] = [];
  snapshot: AppSnapshot;
  /** Rows in the market; 0 is a market that was never collected. */
  pools = 1_120;
  /** Refuses the next orders with this sentence; null accepts. */
  refusal: string | null = null;
  /** Fails every question with this sentence; null answers. */
  outage: string | null = null;
  /** The latest diagnosis; null before the first. */
  diagnosis: DiagnosticReport | null = null;
  /** What was written down, oldest first. */
  log: readonly LogLine[] = [];
  readonly #listeners = new Set<(patch: SnapshotPatch) => void>();

  constructor(snapshot: AppSnapshot) {
    this.snapshot = snapshot;
  }

  query<Q extends QueryName>(name: Q, args: QueryArgs<Q>): Promise<Result<QueryAnswer<Q>>> {
    this.asked.push(name);
    if (this.outage !== null) return Promise.resolve(fail('unavailable', this.outage));
    return Promise.resolve(ok(this.#answer(name, args) as QueryAnswer<Q>));
  }

  command<C extends CommandName>(name: C, args: CommandArgs<C>): Promise<Result<CommandAnswer<C>>> {
    this.orders.push({ name, args });
    if (this.refusal !== null) return Promise.resolve(fail('conflict', this.refusal));
    const answers: { readonly [N in CommandName]?: CommandAnswer<N> } = {
      'pools.export': { path: '/home/analyst/pools.csv', rows: this.pools },
      'source.use': { keyStored: 'keychain' },
      'rule.save': { version: 4 },
      'silence.start': { id: 'silence-1' },
    };
    return Promise.resolve(ok((answers[name] ?? null) as CommandAnswer<C>));
  }

  onPatch(listener: (patch: SnapshotPatch) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What the newest order was given with. */
  lastArgs<C extends CommandName>(name: C): CommandArgs<C> {
    const order = this.orders.at(-1);
    if (order?.name !== name) throw new Error(`the newest order is ${order?.name ?? 'none'}, not ${name}`);
    return order.args as CommandArgs<C>;
  }

  /** Moves the program on by one version and tells the window. */
  push(slices: Partial<SnapshotSlices>): void {
    const from = this.snapshot.version;
    this.snapshot = { ...this.snapshot, ...slices, version: from + 1, atMs: Date.now() };
    this.send({ from, to: from + 1, atMs: this.snapshot.atMs, slices });
  }

  send(patch: SnapshotPatch): void {
    for (const listener of this.#listeners) listener(patch);
  }

  #answer(name: QueryName, args: unknown): unknown {
    const nowMs = Date.now();
    switch (name) {
      case 'snapshot.get':
        return this.snapshot;
      case 'settings.get':
        return SETTINGS;
      case 'pools.list':
        return fakePoolList(args as QueryArgs<'pools.list'>, this.pools, nowMs);
      case 'pools.facets':
        return {
          networks: this.pools === 0 ? [] : [{ id: 'solana', dexIds: ['raydium-clmm', 'orca', 'meteora', 'raydium'] }],
        };
      case 'candles.series': {
        const { poolId, limit } = args as QueryArgs<'candles.series'>;
        return { poolId, candles: fakeCandles(poolId, limit, nowMs) };
      }
      case 'storage.series': {
        const { database, sinceMs } = args as QueryArgs<'storage.series'>;
        return { samples: this.pools === 0 ? [] : fakeStorageSamples(database, sinceMs, nowMs) };
      }
      case 'database.operations': {
        const { database, kind } = args as QueryArgs<'database.operations'>;
        return { operations: this.pools === 0 ? [] : fakeOperations(database, kind, nowMs) };
      }
      case 'database.backups':
        return {
          backups: this.pools === 0 ? [] : [fakeBackup((args as QueryArgs<'database.backups'>).database, nowMs)],
        };
      case 'database.restorePreview':
        return fakePreview((args as QueryArgs<'database.restorePreview'>).database, nowMs);
      case 'retention.cost':
        return {
          tiers: this.pools === 0 ? [] : fakeTiers((args as QueryArgs<'retention.cost'>).database, nowMs),
        };
      case 'diagnostics.report':
        return this.diagnosis;
      case 'logs.page': {
        const { filter, from, direction, limit } = args as QueryArgs<'logs.page'>;
        const lines = this.log.filter((line) => fits(line, filter) && line.message.includes(filter.text ?? ''));
        const end = from === null ? lines.length : Number(from);
        if (direction === 'newer') return { lines: lines.slice(end), older: from, newer: String(lines.length) };
        const begin = Math.max(0, end - limit);
        const older = begin === 0 ? null : String(begin);
        return { lines: lines.slice(begin, end), older, newer: String(lines.length) };
      }
      case 'incidents.list': {
        const { state } = args as QueryArgs<'incidents.list'>;
        const over = {
          id: 'incident-0',
          state: 'resolved',
          title: 'Candles were late',
          resolvedAtMs: nowMs - 60_000,
        } as const;
        if (this.pools === 0) return { incidents: [] };
        return { incidents: state === 'open' ? this.snapshot.alerts.incidents : [fakeIncident(nowMs, over)] };
      }
      case 'incidents.get': {
        const { incidentId } = args as QueryArgs<'incidents.get'>;
        const incident = this.snapshot.alerts.incidents.find(({ id }) => id === incidentId);
        return incident === undefined ? null : fakeDetails(incident);
      }
      case 'rules.list':
        return { rules: fakeRules() };
      case 'rules.backTest': {
        const { fromMs, toMs } = args as QueryArgs<'rules.backTest'>;
        return fakeBackTest(fromMs, toMs);
      }
      case 'alerts.deliveries':
        return { deliveries: this.pools === 0 ? [] : fakeDeliveries(nowMs) };
      case 'channels.list':
        return { channels: fakeChannels(nowMs) };
      case 'inbox.list':
        return { notices: this.pools === 0 ? [] : fakeNotices(nowMs) };
      case 'runs.list':
        return { runs: [] };
      case 'events.list':
        return { events: [] };
      default:
        throw new Error(`the window's tests have no answer to ${name}`);
    }
  }
}
