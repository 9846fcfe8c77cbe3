// The columns of the pools table: what stands in each, how wide it is, and by what the program sorts it.
import type { ReactNode } from 'react';
import type { PoolListItem, PoolSortColumn } from '../../../../shared/contract/queries';
import { formatPercentChange, formatPrice, formatUsdPrice, formatUsd } from '../../../../shared/util/format';
import { Age } from '../../components/age';
import { t } from '../../texts/texts';
import type { PlainTextKey } from '../../texts/textKeys';
import classes from './market.module.css';

export type PoolColumnId = 'name' | 'dex' | 'price' | 'change' | 'liquidity' | 'volume' | 'age' | 'updated';

interface PoolColumn {
  readonly titleKey: PlainTextKey;
  /** Null where the program offers no order. */
  readonly sortBy: PoolSortColumn | null;
  readonly numeric: boolean;
  readonly draw: (pool: PoolListItem) => ReactNode;
}

/** Pools are collected every few minutes; an older row has dropped out of the list that the source sends. */
const STALE_POOL_MS = 15 * 60_000;

/** From left to right. */
export const POOL_COLUMNS: Readonly<Record<PoolColumnId, PoolColumn>> = {
  name: {
    titleKey: 'market.column.pool',
    sortBy: 'name',
    numeric: false,
    draw: (pool) => <PoolName pool={pool} />,
  },
  dex: {
    titleKey: 'market.column.dex',
    sortBy: null,
    numeric: false,
    draw: (pool) => <DexName pool={pool} />,
  },
  price: {
    titleKey: 'market.column.price',
    sortBy: 'basePriceUsd',
    numeric: true,
    draw: ({ basePriceUsd }) => <Price value={basePriceUsd} />,
  },
  change: {
    titleKey: 'market.column.change',
    sortBy: 'changePctH24',
    numeric: true,
    draw: ({ changePctH24 }) => <Change value={changePctH24} />,
  },
  liquidity: {
    titleKey: 'market.column.liquidity',
    sortBy: 'reserveUsd',
    numeric: true,
    draw: ({ reserveUsd }) => formatUsd(reserveUsd),
  },
  volume: {
    titleKey: 'market.column.volume',
    sortBy: 'volumeUsdH24',
    numeric: true,
    draw: ({ volumeUsdH24 }) => formatUsd(volumeUsdH24),
  },
  age: {
    titleKey: 'market.column.age',
    sortBy: 'createdAtMs',
    numeric: true,
    draw: ({ createdAtMs }) => <Age atMs={createdAtMs} short />,
  },
  updated: {
    titleKey: 'market.column.updated',
    sortBy: 'observedAtMs',
    numeric: true,
    draw: ({ observedAtMs }) => <Age atMs={observedAtMs} short ago staleAfterMs={STALE_POOL_MS} />,
  },
};

export const POOL_COLUMN_IDS = Object.keys(POOL_COLUMNS) as readonly PoolColumnId[];

export function poolTitle(pool: PoolListItem): string {
  return (
    pool.name ??
    (pool.baseSymbol !== null && pool.quoteSymbol !== null ? `${pool.baseSymbol} / ${pool.quoteSymbol}` : pool.address)
  );
}

/** Where the pool is traded, in words. */
export function poolPlace(pool: PoolListItem): string {
  return t('market.dexOn', { dexName: pool.dexName ?? pool.dexId, networkId: pool.networkId });
}

/** Cut short beside the candles, where the DEX has no column either: the hover text has all of it. */
function PoolName({ pool }: { readonly pool: PoolListItem }): ReactNode {
  const title = poolTitle(pool);
  return <span title={`${title}\n${poolPlace(pool)}\n${pool.address}`}>{title}</span>;
}

function DexName({ pool }: { readonly pool: PoolListItem }): ReactNode {
  return (
    <span title={poolPlace(pool)}>
      {pool.dexName ?? pool.dexId} <span className={classes.network}>{pool.networkId}</span>
    </span>
  );
}

/** The short form counts zeros with a small figure; screen readers and the hover text get every digit. */
export function Price({ value }: { readonly value: string | null }): ReactNode {
  if (value === null) return formatPrice(value);
  return (
    <span title={`$${value}`}>
      <span aria-hidden="true">{formatUsdPrice(value)}</span>
      <span className="pw-visually-hidden">${value}</span>
    </span>
  );
}

export function Change({ value }: { readonly value: string | null }): ReactNode {
  const text = formatPercentChange(value);
  const direction = text.startsWith('+') ? 'rise' : text.startsWith('−') ? 'fall' : 'flat';
  return (
    <span className={classes.change} data-direction={direction}>
      {text}
    </span>
  );
}
