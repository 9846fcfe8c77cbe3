// Which fault explains which, from the outside in: own network, API host, collectors; disk, database, what is written there. Faults
// of one node have one cause; a fault whose ancestor is faulty, too, is explained by it. Pure.
import type { RunErrorClass } from '../../shared/domain/collector';
import type { MetricName, Target } from '../../shared/domain/metrics';
import { assertNever } from '../../shared/util/assertNever';

/** What the engine must be told about targets; asked anew each time. */
export interface AlertFacts {
  /** How a person calls it: "New pools", "market.db", "api.geckoterminal.com"; null once it is no longer watched. */
  titleOf(target: Target): string | null;
  /** The API hosts that a collector calls. */
  hostsOf(collectorId: string): readonly string[];
  /** Why the collector's last run failed, or null when it did not or that is not known. */
  faultOf(collectorId: string): RunErrorClass | null;
  /** Somebody has paused the collector: nothing is expected of it. */
  isPaused(collectorId: string): boolean;
  /** How many collectors there are: many of them at once are a storm. */
  collectors(): number;
}

export type Fault = { readonly metric: MetricName; readonly target: Target };

const NETWORK = 'network/own';
/** One volume may hold both databases. */
const DISK = 'disk';
const APP = 'app/main';
/** Every collector writes there. */
const COLLECTED = 'market';
/** Channels that do without a network. */
const LOCAL_CHANNELS: readonly string[] = ['desktop', 'tray', 'inbox'];

/** The place of a fault in the tree of causes; `database/market#access` for everything that keeps market.db from taking rows. */
export function nodeOf({ metric, target }: Fault): string {
  switch (target.kind) {
    case 'network':
      return NETWORK;
    case 'host':
      return hostNode(target.id, metric === 'host.throttledFor' || metric === 'host.quotaUsed' ? 'quota' : 'access');
    case 'database':
      return databaseNode(target.id, metric);
    case 'collector':
    case 'channel':
      return `${target.kind}/${target.id}`;
    case 'app':
      return metric === 'app.rssBytes' ? `${APP}#memory` : APP;
    default:
      return assertNever(target.kind);
  }
}

function databaseNode(id: string, metric: MetricName): string {
  switch (metric) {
    case 'database.diskFree':
    case 'database.diskDaysLeft':
      return DISK;
    case 'database.walBytes':
    case 'database.walPinnedFor':
    case 'database.checkpointFailures':
      return `database/${id}#log`;
    case 'database.backupAge':
      return `database/${id}#backup`;
    // It goes on burning when the database is well again, and explains nothing then.
    case 'database.budgetBurn':
      return `database/${id}#budget`;
    default:
      return accessNode(id);
  }
}

function accessNode(database: string): string {
  return `database/${database}#access`;
}

/** `answers`: it is there, and what it sends is no data. Known only from several collectors that say so. */
function hostNode(host: string, part: 'access' | 'quota' | 'answers'): string {
  return `host/${host}#${part}`;
}

/** Nodes whose fault would explain this one, the outermost first. */
export function ancestorsOf(fault: Fault, facts: AlertFacts): readonly string[] {
  const { metric, target } = fault;
  switch (target.kind) {
    case 'network':
    case 'app':
      return [];
    case 'host':
      return metric === 'host.quotaUsed' ? [] : [NETWORK];
    case 'channel':
      return LOCAL_CHANNELS.includes(target.id) ? [] : [NETWORK];
    case 'database':
      // A full disk has another cause than a lock that another program holds, and the other way round.
      if (metric === 'database.lockedFor' || nodeOf(fault) === DISK) return [];
      return [DISK, accessNode(target.id)].filter((node) => node !== nodeOf(fault));
    case 'collector':
      return collectorAncestors(metric, facts.hostsOf(target.id), facts.faultOf(target.id));
    default:
      return assertNever(target.kind);
  }
}

function collectorAncestors(
  metric: MetricName,
  hosts: readonly string[],
  fault: RunErrorClass | null,
): readonly string[] {
  const outside = [NETWORK, ...hosts.map((host) => hostNode(host, 'access'))];
  const quota = hosts.map((host) => hostNode(host, 'quota'));
  const storage = [DISK, accessNode(COLLECTED)];
  const answers = hosts.map((host) => hostNode(host, 'answers'));
  switch (metric) {
    case 'collector.lastRunFault':
    case 'collector.failureStreak':
    case 'collector.errorRate':
      return blamed(fault, { outside, quota, storage, answers });
    // What the source sends is nobody else's fault, unless it hardly sends anything.
    case 'collector.rejectedShare':
      return [];
    case 'collector.rowsVersusUsual':
      return [...outside, ...quota];
    default:
      return [...outside, ...storage, ...quota, ...answers, APP];
  }
}

interface Parents {
  readonly outside: readonly string[];
  readonly quota: readonly string[];
  readonly storage: readonly string[];
  readonly answers: readonly string[];
}

function blamed(fault: RunErrorClass | null, { outside, quota, storage, answers }: Parents): readonly string[] {
  switch (fault) {
    case 'storage':
      return storage;
    case 'throttled':
      return [...outside, ...quota];
    case 'server':
    case 'network':
    case 'host_down':
    case 'timeout':
    case 'unauthorised':
      return outside;
    case null:
    case 'shortfall':
    case 'cancelled':
      return [...outside, ...storage, ...quota, ...answers];
    case 'malformed':
      return answers;
    case 'page_limit':
    case 'not_found':
    case 'bad_request':
    case 'too_large':
    case 'internal':
      return [];
    default:
      return assertNever(fault);
  }
}

/** Whether a fault there may be the cause of others: nothing follows from a collector or from a channel. */
export function explainsOthers({ kind }: Target): boolean {
  return kind !== 'collector' && kind !== 'channel';
}

/** The outermost faulty node that explains the fault, or null when it stands for itself. */
export function explainedBy(fault: Fault, faulty: Pick<ReadonlySet<string>, 'has'>, facts: AlertFacts): string | null {
  return ancestorsOf(fault, facts).find((node) => faulty.has(node)) ?? null;
}

/** Metrics that look back for so long that they stay bad after their cause has gone: they keep no incident open on their own. */
export function looksBack(metric: MetricName): boolean {
  return LOOKING_BACK.has(metric);
}

const LOOKING_BACK: ReadonlySet<MetricName> = new Set([
  'collector.availability',
  'collector.errorRate',
  'collector.missedSlots',
  'collector.budgetBurn',
  'database.budgetBurn',
]);

/** Within this observed time, so many collectors are one storm. */
export const STORM_WINDOW_MS = 30_000;

export function stormLimit(collectors: number): number {
  return Math.max(5, Math.floor(collectors * 0.2));
}

/** A node that nothing was found wrong with, and the target to name for it. */
export interface Suspect {
  readonly node: string;
  readonly target: Target;
}

/** What a storm of collectors most likely comes from, when nothing that explains it has been found faulty. */
export function likeliestParent(collectorIds: readonly string[], facts: AlertFacts): Suspect {
  const votes = new Map<string, Suspect & { count: number }>();
  for (const id of collectorIds) {
    const suspect = suspectOf(id, facts);
    const vote = votes.get(suspect.node);
    if (vote) vote.count += 1;
    else votes.set(suspect.node, { ...suspect, count: 1 });
  }
  const [first] = [...votes.values()].sort((a, b) => b.count - a.count);
  return first ?? { node: APP, target: { kind: 'app', id: 'main' } };
}

/** One collector may be sent what it cannot read; when so many are, it is the host. */
export const SPOILT_LIMIT = 2;

/** The host of which a collector cannot read what it sends; null when it fails for another reason or not at all. */
export function spoiltBy(collectorId: string, facts: AlertFacts): Suspect | null {
  const [host] = facts.hostsOf(collectorId);
  if (host === undefined || facts.faultOf(collectorId) !== 'malformed') return null;
  return { node: hostNode(host, 'answers'), target: { kind: 'host', id: host } };
}

function suspectOf(collectorId: string, facts: AlertFacts): Suspect {
  const fault = facts.faultOf(collectorId);
  const [host] = facts.hostsOf(collectorId);
  if (fault === 'storage') return { node: accessNode(COLLECTED), target: { kind: 'database', id: COLLECTED } };
  if (fault === 'internal' || host === undefined) return { node: APP, target: { kind: 'app', id: 'main' } };
  const spoilt = spoiltBy(collectorId, facts);
  if (spoilt) return spoilt;
  return { node: hostNode(host, fault === 'throttled' ? 'quota' : 'access'), target: { kind: 'host', id: host } };
}
