// The watchlist of the original: its table, and the CSV that it was kept in.
import { groupsText, type WatchlistRow } from '../../../shared/domain/watchlist';
import { addressOf } from '../../sources/geckoterminal/ids';
import type { Cells } from '../cells';
import { identify } from '../identity';
import type { MapContext } from './mapContext';

export function mapWatched(cells: Cells, { evidence: { networks }, nowMs }: MapContext): WatchlistRow {
  const pool = cells.required(cells.text('pool_id', 'poolAddress'), 'no pool', 'pool_id');
  const identity = identify(cells, pool, cells.text('chain')?.toLowerCase() ?? null, networks);
  const token = cells.text('network_address', 'networkAddress');
  return {
    ...identity,
    symbol: cells.text('token_symbol', 'tokenSymbol'),
    name: cells.text('token_name', 'tokenName'),
    dexId: cells.text('dex')?.toLowerCase() ?? null,
    tokenAddress: token === null ? null : addressOf(token, identity.networkId),
    groups: groupsText([]),
    note: '',
    active: /^(0|false)$/i.test(cells.text('is_active') ?? '') ? 0 : 1,
    addedBy: 'import',
    addedAtMs: cells.timeMs('added_at', 'created_at') ?? nowMs,
    score: null,
    reasons: null,
    updatedAtMs: nowMs,
  };
}
