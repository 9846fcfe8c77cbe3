// The columns of the pools table: what stands in each, how wide it is, and by what the program sorts it.
import { createColumnHelper, tableFeatures } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import type { PoolListItem, PoolSortColumn } from '../../../../shared/contract/queries';
import { formatPercentChange, formatPrice, formatUsd } from '../../../../shared/util/format';
import { Age } from '../../components/age';
import classes from './market.module.css';

export const poolFeatures = tableFeatures({});
const column = createColumnHelper<typeof poolFeatures, PoolListItem>();

export type PoolColumnId = 'name' | 'dex' | 'price' | 'change' | 'liquidity' | 'volume' | 'age' | 'updated';

interface PoolColumnLook {
  readonly title: string;
  /** Null where the program offers no order. */
  readonly sortBy: PoolSortColumn | null;
  readonly numeric: boolean;
}

export const POOL_COLUMN_LOOKS: Readonly<Record<PoolColumnId, PoolColumnLook>> = {
  name: { title: 'Pool', sortBy: 'name', numeric: false },
  dex: { title: 'DEX', sortBy: null, numeric: false },
  price: { title: 'Price', sortBy: 'basePriceUsd', numeric: true },
  change: { title: '24 h', sortBy: 'changePctH24', numeric: true },
  liquidity: { title: 'Liquidity', sortBy: 'reserveUsd', numeric: true },
  volume: { title: 'Volume 24 h', sortBy: 'volumeUsdH24', numeric: true },
  age: { title: 'Age', sortBy: 'createdAtMs', numeric: true },
  updated: { title: 'Updated', sortBy: 'observedAtMs', numeric: true },
};

/** Pools are collected every few minutes; an older row has dropped out of the list that the source sends. */
const STALE_POOL_MS = 15 * 60_000;

export const poolColumns = column.columns([
  column.display({
    id: 'name',
    header: POOL_COLUMN_LOOKS.name.title,
    cell: ({ row }) => <PoolName pool={row.original} />,
  }),
  column.display({
    id: 'dex',
    header: POOL_COLUMN_LOOKS.dex.title,
    cell: ({ row }) => <DexName pool={row.original} />,
  }),
  column.display({
    id: 'price',
    header: POOL_COLUMN_LOOKS.price.title,
    cell: ({ row }) => <Price value={row.original.basePriceUsd} />,
  }),
  column.display({
    id: 'change',
    header: POOL_COLUMN_LOOKS.change.title,
    cell: ({ row }) => <Change value={row.original.changePctH24} />,
  }),
  column.display({
    id: 'liquidity',
    header: POOL_COLUMN_LOOKS.liquidity.title,
    cell: ({ row }) => formatUsd(row.original.reserveUsd),
  }),
  column.display({
    id: 'volume',
    header: POOL_COLUMN_LOOKS.volume.title,
    cell: ({ row }) => formatUsd(row.original.volumeUsdH24),
  }),
  column.display({
    id: 'age',
    header: POOL_COLUMN_LOOKS.age.title,
    cell: ({ row }) => <Age atMs={row.original.createdAtMs} short />,
  }),
  column.display({
    id: 'updated',
    header: POOL_COLUMN_LOOKS.updated.title,
    cell: ({ row }) => <Age atMs={row.original.observedAtMs} short suffix=" ago" staleAfterMs={STALE_POOL_MS} />,
  }),
]);

export function poolTitle(pool: PoolListItem): string {
  return (
    pool.name ??
    (pool.baseSymbol !== null && pool.quoteSymbol !== null ? `${pool.baseSymbol} / ${pool.quoteSymbol}` : pool.address)
  );
}

/** Where the pool is traded, in words. */
export function poolPlace(pool: PoolListItem): string {
  return `${pool.dexName ?? pool.dexId} on ${pool.networkId}`;
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
      <span aria-hidden="true">${formatPrice(value)}</span>
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
