// What an order makes of a watchlist entry. Pure: entries in, rows to store out.
import type { WatchlistAddArgs, WatchlistImportReport, WatchlistUpdateArgs } from '../../shared/contract/watchlist';
import { groupsText, parseGroups, type WatchlistItem, type WatchlistRow } from '../../shared/domain/watchlist';
import { addressOf } from '../sources/geckoterminal/ids';
import type { CsvEntry, WatchlistCsv } from './watchlistCsv';

/** Throws an Error with a sentence when it is on the list already, or when the address is none. */
export function addEntry(items: readonly WatchlistItem[], args: WatchlistAddArgs, nowMs: number): WatchlistRow {
  const address = addressOf(args.address, args.networkId);
  if (address === null) throw new Error('This is not the address of a pool.');
  const id = `${args.networkId}_${address}`;
  const known = items.find((item) => item.id === id);
  if (known && known.active === 1)
    throw new Error(`${known.symbol ?? known.poolName ?? id} is on the watchlist already.`);
  const tokenAddress = args.tokenAddress === null ? null : addressOf(args.tokenAddress, args.networkId);
  const entry = { ...args, id, address, tokenAddress, groups: groupsText(args.groups), updatedAtMs: nowMs };
  if (known)
    return { ...rowOf(known), ...filled(rowOf(known), entry), active: 1, updatedAtMs: laterThan(known, nowMs) };
  return { ...entry, active: 1, addedBy: 'manual', addedAtMs: nowMs, score: null, reasons: null };
}

export function updateEntry(item: WatchlistItem, args: WatchlistUpdateArgs, nowMs: number): WatchlistRow {
  const { active, groups, name, note, symbol, tokenAddress } = args;
  const row = rowOf(item);
  return {
    ...row,
    symbol: symbol ?? row.symbol,
    name: name ?? row.name,
    tokenAddress: tokenAddress === undefined ? row.tokenAddress : addressOf(tokenAddress, row.networkId),
    groups: groups ? groupsText(groups) : row.groups,
    note: note ?? row.note,
    active: active === undefined ? row.active : Number(active),
    updatedAtMs: laterThan(item, nowMs),
  };
}

/** Rows to store for a file, and the report on it. What the list knows already is never overwritten, only filled in. */
export function importEntries(
  items: readonly WatchlistItem[],
  csv: WatchlistCsv,
  nowMs: number,
): { readonly rows: readonly WatchlistRow[]; readonly report: WatchlistImportReport } {
  const known = new Map(items.map((item) => [item.id, item]));
  const rows: WatchlistRow[] = [];
  let added = 0;
  for (const entry of csv.entries) {
    const id = `${entry.networkId}_${entry.address}`;
    const item = known.get(id);
    if (!item) {
      rows.push(newRow(id, entry, nowMs));
      added += 1;
      continue;
    }
    const row = rowOf(item);
    const next = { ...filled(row, { ...entry, note: entry.note ?? '', groups: groupsText(entry.groups) }), active: 1 };
    if (JSON.stringify(next) !== JSON.stringify(row)) rows.push({ ...next, updatedAtMs: laterThan(item, nowMs) });
  }
  const { blankRows, entries, problems, rows: total } = csv;
  const report = {
    rows: total,
    blankRows,
    added,
    updated: rows.length - added,
    unchanged: entries.length - rows.length,
    rejected: total - entries.length,
    problems,
  };
  return { rows, report };
}

function newRow(id: string, entry: CsvEntry, nowMs: number): WatchlistRow {
  const { address, dexId, groups, name, networkId, note, symbol, tokenAddress } = entry;
  return {
    id,
    networkId,
    address,
    symbol,
    name,
    dexId,
    tokenAddress,
    groups: groupsText(groups),
    note: note ?? '',
    active: 1,
    addedBy: 'import',
    addedAtMs: nowMs,
    score: null,
    reasons: null,
    updatedAtMs: nowMs,
  };
}

type Facts = Pick<WatchlistRow, 'symbol' | 'name' | 'dexId' | 'tokenAddress' | 'groups' | 'note'>;

/** The row with its blanks filled from `facts`, and in the groups of both. */
function filled(row: WatchlistRow, facts: Facts): WatchlistRow {
  return {
    ...row,
    symbol: row.symbol ?? facts.symbol,
    name: row.name ?? facts.name,
    dexId: row.dexId ?? facts.dexId,
    tokenAddress: row.tokenAddress ?? facts.tokenAddress,
    groups: groupsText([...parseGroups(row.groups), ...parseGroups(facts.groups)]),
    note: row.note === '' ? facts.note : row.note,
  };
}

/** The database refuses an entry that is older than its own; a clock that was set back must not make an edit one. */
function laterThan({ updatedAtMs }: WatchlistItem, nowMs: number): number {
  return Math.max(nowMs, updatedAtMs);
}

/** Without what the list knows of the pool. */
function rowOf(item: WatchlistItem): WatchlistRow {
  const { id, networkId, address, symbol, name, dexId, tokenAddress, groups, note } = item;
  const { active, addedAtMs, addedBy, reasons, score, updatedAtMs } = item;
  return {
    ...{ id, networkId, address, symbol, name, dexId, tokenAddress, groups, note },
    ...{ active, addedBy, addedAtMs, score, reasons, updatedAtMs },
  };
}
