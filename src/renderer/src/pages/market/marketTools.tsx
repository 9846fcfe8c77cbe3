// Filter and export. The filter narrows on the program's side; the export writes exactly what it shows, not only what is on the screen.
import { Button, CloseButton, Select, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { Download, Search } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { formatQuantity } from '../../../../shared/util/format';
import { Age } from '../../components/age';
import { giveOrder } from '../../components/orders';
import { PageHeader } from '../../components/pageHeader';
import { useQuery } from '../../hooks/useQuery';
import { useSnapshot } from '../../store/selectors';
import { setPoolFilter, useUiStore } from '../../store/uiStore';
import classes from './market.module.css';

const LIQUIDITY_STEPS = [
  { value: '10000', label: 'over $10K' },
  { value: '100000', label: 'over $100K' },
  { value: '1000000', label: 'over $1M' },
  { value: '10000000', label: 'over $10M' },
];

interface MarketToolsProps {
  readonly total: number | null;
  readonly asOfMs: number | null;
}

export function MarketTools({ total, asOfMs }: MarketToolsProps): ReactNode {
  return (
    <PageHeader
      title="Market"
      note={
        total !== null && (
          <span aria-live="polite">
            {formatQuantity(total, 'pool')}
            {asOfMs !== null && (
              <span aria-hidden="true">
                , read <Age atMs={asOfMs} suffix=" ago" />
              </span>
            )}
          </span>
        )
      }
    >
      <SearchField />
      <PlaceFilters />
      <LiquidityFilter />
      <ExportButton total={total} />
    </PageHeader>
  );
}

function SearchField(): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const search = useUiStore((state) => state.poolFilter.search ?? '');
  useHotkeys([['/', () => input.current?.focus()]]);
  return (
    <TextInput
      ref={input}
      className={classes.search}
      aria-label="Search name, symbol or address"
      aria-keyshortcuts="/"
      data-testid="pool-search"
      placeholder="Name, symbol, address"
      leftSection={<Search size={14} aria-hidden />}
      rightSection={
        search === '' ? undefined : (
          <CloseButton size="xs" aria-label="Clear the search" onClick={() => setPoolFilter({ search: null })} />
        )
      }
      value={search}
      onChange={(event) =>
        setPoolFilter({ search: event.currentTarget.value === '' ? null : event.currentTarget.value })
      }
      onKeyDown={(event) => event.key === 'Escape' && setPoolFilter({ search: null })}
    />
  );
}

function PlaceFilters(): ReactNode {
  const networkId = useUiStore((state) => state.poolFilter.networkId);
  const dexId = useUiStore((state) => state.poolFilter.dexId);
  const lastRunId = useSnapshot(
    (snapshot) => snapshot.collectors.find(({ id }) => id === 'dexes')?.lastRun?.id ?? null,
  );
  const { data } = useQuery('pools.facets', null, { trigger: lastRunId });
  const networks = data?.networks ?? [];
  const dexIds = networks
    .filter(({ id }) => networkId === null || id === networkId)
    .flatMap((network) => network.dexIds);
  return (
    <>
      <Select
        className={classes.filter}
        aria-label="Network"
        data-testid="filter-network"
        placeholder="Every network"
        clearable
        data={withChosen(
          networks.map(({ id }) => id),
          networkId,
        )}
        value={networkId}
        onChange={(value) => setPoolFilter({ networkId: value, dexId: null })}
      />
      <Select
        className={classes.filter}
        aria-label="DEX"
        data-testid="filter-dex"
        placeholder="Every DEX"
        clearable
        searchable
        data={withChosen(dexIds, dexId)}
        value={dexId}
        onChange={(value) => setPoolFilter({ dexId: value })}
      />
    </>
  );
}

/** A kept choice must stay visible, and so removable, even while the list does not (or no longer) know it. */
function withChosen(options: readonly string[], chosen: string | null): string[] {
  return [...new Set(chosen === null ? options : [...options, chosen])].toSorted((a, b) => a.localeCompare(b));
}

function LiquidityFilter(): ReactNode {
  const minReserveUsd = useUiStore((state) => state.poolFilter.minReserveUsd);
  return (
    <Select
      className={classes.filter}
      aria-label="Liquidity at least"
      data-testid="filter-liquidity"
      placeholder="Any liquidity"
      clearable
      data={LIQUIDITY_STEPS}
      value={minReserveUsd === null ? null : String(minReserveUsd)}
      onChange={(value) => setPoolFilter({ minReserveUsd: value === null ? null : Number(value) })}
    />
  );
}

function ExportButton({ total }: { readonly total: number | null }): ReactNode {
  const filter = useUiStore((state) => state.poolFilter);
  const sort = useUiStore((state) => state.poolSort);
  const [writing, setWriting] = useState(false);
  const exportPools = async (): Promise<void> => {
    setWriting(true);
    await giveOrder({
      name: 'pools.export',
      args: { filter, sortBy: sort.by, descending: sort.descending },
      accepted: ({ path, rows }) => (path === null ? null : `${formatQuantity(rows, 'row')} written to ${path}`),
      refused: 'The pools could not be exported',
    });
    setWriting(false);
  };
  return (
    <Button
      data-testid="export-csv"
      leftSection={<Download size={14} aria-hidden />}
      loading={writing}
      disabled={total === null || total === 0}
      onClick={() => void exportPools()}
    >
      Export CSV
    </Button>
  );
}
