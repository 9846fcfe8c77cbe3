// Follows a pool, or leaves it: what is followed has its candles collected whatever its liquidity is.
import { ActionIcon, Tooltip } from '@mantine/core';
import { Star } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { PoolListItem } from '../../../../shared/contract/queries';
import { giveOrder } from '../../components/orders';
import { useQuery } from '../../hooks/useQuery';
import { poolTitle } from './poolColumns';
import { t } from '../../texts/texts';

export function WatchButton({ pool }: { readonly pool: PoolListItem }): ReactNode {
  const [asked, setAsked] = useState(false);
  const { data, refresh } = useQuery('watchlist.list', { activeOnly: true, group: null, search: pool.address });
  if (data === null) return null;
  const watched = data.items.some(({ id }) => id === pool.id);
  const label = watched ? t('market.watchedHint') : t('market.watchHint');
  const toggle = async (): Promise<void> => {
    setAsked(true);
    await (watched ? orderLeave(pool) : orderWatch(pool));
    setAsked(false);
    refresh();
  };
  return (
    <Tooltip label={label}>
      <ActionIcon
        aria-label={t('market.watchOne', { pool: poolTitle(pool) })}
        aria-pressed={watched}
        data-testid="watch-pool"
        loading={asked}
        onClick={() => void toggle()}
      >
        <Star size={16} fill={watched ? 'currentColor' : 'none'} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

function orderWatch(pool: PoolListItem): Promise<boolean> {
  const { networkId, address, baseSymbol, dexId } = pool;
  return giveOrder({
    name: 'watchlist.add',
    args: { networkId, address, symbol: baseSymbol, name: null, dexId, tokenAddress: null, groups: [], note: '' },
    accepted: () => t('market.watchedNow', { pool: poolTitle(pool) }),
    refused: t('market.notWatched'),
  });
}

function orderLeave(pool: PoolListItem): Promise<boolean> {
  return giveOrder({
    name: 'watchlist.remove',
    args: { id: pool.id },
    accepted: () => t('market.notWatchedAnyMore', { pool: poolTitle(pool) }),
    refused: t('market.stillWatched'),
  });
}
