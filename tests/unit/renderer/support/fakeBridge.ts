// Stands in for the preload script: answers from given data, records orders, and lets a test push patches by hand.
import type { PoolwatchBridge } from '../../../../src/shared/contract/bridge';
import type { CommandAnswer, CommandArgs, CommandName } from '../../../../src/shared/contract/commands';
import { fail, ok, type Result } from '../../../../src/shared/contract/envelope';
import type { QueryAnswer, QueryArgs, QueryName } from '../../../../src/shared/contract/queries';
import type { AppSnapshot, SnapshotPatch, SnapshotSlices } from '../../../../src/shared/contract/snapshot';
import { patchText, snapshotText } from '../../../../src/shared/contract/snapshotWire';
import type { UpdateStatus } from '../../../../src/shared/contract/updates';
import type { DiagnosticReport } from '../../../../src/shared/domain/diagnostics';
import type { LogLine } from '../../../../src/shared/domain/log';
import { fits } from '../../../../src/main/logging/logLine';
import { DEFAULT_SETTINGS } from '../../../../src/main/settings/settingsSchema';
import type { Settings } from '../../../../src/shared/domain/settings';
import { fakeBackTest, fakeDetails, fakeIncident, fakeNotices, fakeRules } from './fakeAlerts';
import type { SavedSettings, StartupState } from '../../../../src/shared/contract/settings';
import { fakeAbout } from './fakeAbout';
import { fakeChannels, fakeDeliveries } from './fakeDeliveries';
import { fakeBackup, fakeOperations, fakePreview, fakeTiers } from './fakeUpkeep';
import { fakeCandles, fakePoolList, fakeStorageSamples } from './fakeMarket';
import {
  emptyHistory,
  emptyTimeline,
  fakeAvailability,
  fakeBackfill,
  fakeComparison,
  fakeGaps,
  fakeHistory,
  fakeRuns,
  fakeTimeline,
  fakeWeek,
} from './fakeHistory';

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

const STORED = { inserted: 900, changed: 40, unchanged: 60, waiting: 0 } as const;

interface PickyRefusal {
  readonly order: CommandName;
  readonly message: string;
  /** Which argument it is about. */
  readonly field?: string;
}

export class FakeBridge implements PoolwatchBridge {
  readonly orders: GivenOrder[] = [];
  readonly asked: QueryName[] = [];
  snapshot: AppSnapshot;
  /** Rows in the market; 0 is a market that was never collected. */
  pools = 1_120;
  /** Ids of the pools on the watchlist. */
  watched: readonly string[] = [];
  /** Refuses the next orders, or those of one name, with a sentence; null accepts. */
  refusal: string | PickyRefusal | null = null;
  /** Fails every question with this sentence; null answers. */
  outage: string | null = null;
  saved: SavedSettings = { saved: SETTINGS, replaced: [], file: '/home/analyst/.config/Poolwatch/settings.json' };
  startup: StartupState = { unavailable: null, atLogin: false, file: '/home/analyst/.config/autostart/x', tray: true };
  update: UpdateStatus = { version: '0.1.0', state: { kind: 'no_feed' }, hasReleasePage: false };
  /** What looking through a file comes to; null: the person closed the dialog. */
  preview: CommandAnswer<'import.preview'> = null;
  /** The latest diagnosis; null before the first. */
  diagnosis: DiagnosticReport | null = null;
  /** What was written down, oldest first. */
  log: readonly LogLine[] = [];
  readonly #listeners = new Set<(text: string) => void>();

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
    if (typeof this.refusal === 'string') return Promise.resolve(fail('conflict', this.refusal));
    if (this.refusal?.order === name)
      return Promise.resolve(fail('bad_request', this.refusal.message, this.refusal.field));
    const answers: { readonly [N in CommandName]?: CommandAnswer<N> } = {
      'pools.export': { path: '/home/analyst/pools.csv', rows: this.pools },
      'source.use': { keyStored: 'keychain' },
      'update.check': this.update,
      'rule.save': { version: 4 },
      'silence.start': { id: 'silence-1' },
      'import.preview': this.preview,
      'import.run': this.preview && { path: this.preview.path, outcome: { ...this.preview.report, stored: STORED } },
      'settings.export': { path: '/home/analyst/settings.json' },
      'channel.save': { id: 'hook', addressKept: 'memory' },
    };
    return Promise.resolve(ok((answers[name] ?? null) as CommandAnswer<C>));
  }

  onPatch(listener: (text: string) => void): () => void {
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
    const { version: from, collectors: before } = this.snapshot;
    this.snapshot = { ...this.snapshot, ...slices, version: from + 1, atMs: Date.now() };
    this.send({ from, to: from + 1, atMs: this.snapshot.atMs, slices }, before);
  }

  send(patch: SnapshotPatch, before = this.snapshot.collectors): void {
    for (const listener of this.#listeners) listener(patchText(patch, before));
  }

  #answer(name: QueryName, args: unknown): unknown {
    const nowMs = Date.now();
    switch (name) {
      case 'snapshot.text':
        return snapshotText(this.snapshot);
      case 'settings.get':
        return SETTINGS;
      case 'settings.saved':
        return this.saved;
      case 'app.about':
        return fakeAbout();
      case 'startup.get':
        return this.startup;
      case 'update.status':
        return this.update;
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
      case 'storage.history': {
        const { fromMs, toMs } = args as QueryArgs<'storage.history'>;
        return { fromMs, toMs, samples: this.pools === 0 ? [] : fakeStorageSamples(fromMs, toMs) };
      }
      case 'timeline.get':
        return this.pools === 0
          ? emptyTimeline(args as QueryArgs<'timeline.get'>, this.snapshot)
          : fakeTimeline(args as QueryArgs<'timeline.get'>, this.snapshot);
      case 'collector.history':
        return this.pools === 0
          ? emptyHistory(args as QueryArgs<'collector.history'>)
          : fakeHistory(args as QueryArgs<'collector.history'>);
      case 'availability.get':
        return fakeAvailability(args as QueryArgs<'availability.get'>);
      case 'metrics.compare':
        return fakeComparison();
      case 'metrics.week':
        return { lines: fakeWeek((args as QueryArgs<'metrics.week'>).target.kind) };
      case 'baseline.compare':
        return null;
      case 'gaps.list':
        return { series: fakeGaps(nowMs) };
      case 'backfill.preview':
        return fakeBackfill();
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
      case 'watchlist.list':
        return { items: this.watched.map((id) => ({ id })), groups: [] };
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
        return { runs: fakeRuns(args as QueryArgs<'runs.list'>, nowMs, this.pools) };
      case 'events.list':
        return { events: [] };
      default:
        throw new Error(`the window's tests have no answer to ${name}`);
    }
  }
}
