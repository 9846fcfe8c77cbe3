// What a person can ask and order about the watchlist.
import { randomUUID } from 'node:crypto';
import { fail, ok, type Result } from '../../../shared/contract/envelope';
import { packRows } from '../../../shared/contract/tables';
import { parseGroups, type WatchlistItem, type WatchlistRow } from '../../../shared/domain/watchlist';
import type { Store } from '../../storage/store';
import { addEntry, importEntries, updateEntry } from '../../watchlist/edits';
import { formatWatchlistCsv, parseWatchlistCsv } from '../../watchlist/watchlistCsv';
import type { CommandHandlers, QueryHandlers } from '../application';
import { describeError, type HandlerContext, ordering, reading } from './context';

type WatchlistQueries = Pick<QueryHandlers, 'watchlist.list' | 'watchlist.exportCsv'>;
type WatchlistCommands = Pick<
  CommandHandlers,
  'watchlist.add' | 'watchlist.update' | 'watchlist.remove' | 'watchlist.importCsv'
>;

export function watchlistQueries(context: HandlerContext): WatchlistQueries {
  return {
    'watchlist.list': ({ activeOnly, group, search }) =>
      reading(context, async ({ market }) => {
        const items = await market.read('watchlist.list', { activeOnly });
        const groups = [...new Set(items.flatMap((item) => parseGroups(item.groups)))].sort();
        return { items: items.filter((item) => isIn(item, group) && matches(item, search)), groups };
      }),
    'watchlist.exportCsv': ({ activeOnly }) =>
      reading(context, async ({ market }) => {
        const items = await market.read('watchlist.list', { activeOnly });
        return { csv: formatWatchlistCsv(items), rows: items.length };
      }),
  };
}

export function watchlistCommands(context: HandlerContext): WatchlistCommands {
  const { clock } = context;
  const change = <T>(act: (market: Store, items: readonly WatchlistItem[]) => Promise<Result<T>>): Promise<Result<T>> =>
    ordering(context, async ({ market }) => act(market, await market.read('watchlist.list', { activeOnly: false })));
  const edit = (id: string, make: (item: WatchlistItem) => WatchlistRow): Promise<Result<null>> =>
    change(async (market, items) => {
      const item = items.find((entry) => entry.id === id);
      if (!item) return fail('not_found', 'This pool is not on the watchlist.');
      await store(market, [make(item)]);
      return ok(null);
    });
  return {
    'watchlist.add': (args) =>
      change(async (market, items) => {
        let row: WatchlistRow;
        try {
          row = addEntry(items, args, clock.wallMs());
        } catch (error) {
          return fail('conflict', describeError(error));
        }
        await store(market, [row]);
        return ok({ id: row.id });
      }),
    'watchlist.update': (args) => edit(args.id, (item) => updateEntry(item, args, clock.wallMs())),
    // The data stays, and so does the entry: it can be followed again, and is not added by itself.
    'watchlist.remove': ({ id }) => edit(id, (item) => updateEntry(item, { id, active: false }, clock.wallMs())),
    'watchlist.importCsv': ({ csv, dryRun }) =>
      change(async (market, items) => {
        let parsed: ReturnType<typeof parseWatchlistCsv>;
        try {
          parsed = parseWatchlistCsv(csv);
        } catch (error) {
          return fail('bad_request', describeError(error));
        }
        const { report, rows } = importEntries(items, parsed, clock.wallMs());
        if (!dryRun) await store(market, rows);
        return ok(report);
      }),
  };
}

async function store(market: Store, rows: readonly WatchlistRow[]): Promise<void> {
  if (rows.length > 0) await market.write({ id: randomUUID(), parts: [packRows('watchlist', rows)] });
}

function isIn({ groups }: WatchlistItem, group: string | null): boolean {
  return group === null || parseGroups(groups).includes(group);
}

function matches({ address, name, poolName, symbol }: WatchlistItem, search: string | null): boolean {
  if (search === null) return true;
  const wanted = search.toLowerCase();
  return [symbol, name, poolName, address].some((text) => text?.toLowerCase().includes(wanted) ?? false);
}
