// Filter and export. The filter narrows on the program's side; the export writes exactly what it shows, not only what is on the screen.
import { Button, CloseButton, Menu, Select, TextInput } from '@mantine/core';
import { ChevronDown, Download, Search } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { formatQuantity } from '../../../../shared/util/format';
import { Age } from '../../components/age';
import { PageHeader } from '../../components/pageHeader';
import { useShortcut } from '../../components/shortcuts/useShortcut';
import { useQuery } from '../../hooks/useQuery';
import { useSnapshot } from '../../store/selectors';
import { setPoolFilter, useUiStore } from '../../store/uiStore';
import { exportPools, exportWatchedCandles } from './marketExports';
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
      <ExportMenu total={total} />
    </PageHeader>
  );
}

function SearchField(): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const search = useUiStore((state) => state.poolFilter.search ?? '');
  useShortcut('filter', () => input.current?.focus());
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

function ExportMenu({ total }: { readonly total: number | null }): ReactNode {
  const [writing, setWriting] = useState(false);
  const write = async (order: () => Promise<boolean>): Promise<void> => {
    setWriting(true);
    await order();
    setWriting(false);
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          data-testid="export"
          leftSection={<Download size={14} aria-hidden />}
          rightSection={<ChevronDown size={12} aria-hidden />}
          loading={writing}
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          data-testid="export-csv"
          disabled={total === null || total === 0}
          onClick={() => void write(exportPools)}
        >
          {total === null ? 'These pools' : `These ${formatQuantity(total, 'pool')}`}, CSV
        </Menu.Item>
        <Menu.Item data-testid="export-candles-csv" onClick={() => void write(() => exportWatchedCandles('csv'))}>
          Candles of watched pools, CSV
        </Menu.Item>
        <Menu.Item
          data-testid="export-candles-parquet"
          onClick={() => void write(() => exportWatchedCandles('parquet'))}
        >
          Candles of watched pools, Parquet
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
