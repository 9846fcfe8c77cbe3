// Filter and export. The filter narrows on the program's side; the export writes exactly what it shows, not only what is on the screen.
import { Button, CloseButton, Menu, Select, TextInput } from '@mantine/core';
import { ChevronDown, Download, Search } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { Age } from '../../components/age';
import { PageHeader } from '../../components/pageHeader';
import { useShortcut } from '../../components/shortcuts/useShortcut';
import { useQuery } from '../../hooks/useQuery';
import { useSnapshot } from '../../store/selectors';
import { setPoolFilter, useUiStore } from '../../store/uiStore';
import { exportPools, exportWatchedCandles } from './marketExports';
import { rich } from '../../texts/rich';
import { t } from '../../texts/texts';
import classes from './market.module.css';

const LIQUIDITY_STEPS = [
  { value: '10000', labelKey: 'market.liquidity.k10' },
  { value: '100000', labelKey: 'market.liquidity.k100' },
  { value: '1000000', labelKey: 'market.liquidity.m1' },
  { value: '10000000', labelKey: 'market.liquidity.m10' },
] as const;

interface MarketToolsProps {
  readonly total: number | null;
  readonly asOfMs: number | null;
}

export function MarketTools({ total, asOfMs }: MarketToolsProps): ReactNode {
  return (
    <PageHeader
      title={t('market.title')}
      note={
        total !== null && (
          <span aria-live="polite">
            {t('common.pools', { count: total })}
            {asOfMs !== null && (
              <span aria-hidden="true">{rich('market.commaRead', { age: <Age atMs={asOfMs} ago /> })}</span>
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
      aria-label={t('market.searchLabel')}
      aria-keyshortcuts="/"
      data-testid="pool-search"
      placeholder={t('market.searchPlaceholder')}
      leftSection={<Search size={14} aria-hidden />}
      rightSection={
        search === '' ? undefined : (
          <CloseButton size="xs" aria-label={t('market.clearSearch')} onClick={() => setPoolFilter({ search: null })} />
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
        aria-label={t('market.network')}
        data-testid="filter-network"
        placeholder={t('market.everyNetwork')}
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
        aria-label={t('market.dex')}
        data-testid="filter-dex"
        placeholder={t('market.everyDex')}
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
      aria-label={t('market.liquidityAtLeast')}
      data-testid="filter-liquidity"
      placeholder={t('market.anyLiquidity')}
      clearable
      data={LIQUIDITY_STEPS.map(({ value, labelKey }) => ({ value, label: t(labelKey) }))}
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
          {t('market.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {/* Open to a click while the pools are being counted: the export asks by itself, and a click must not fall between. */}
        <Menu.Item data-testid="export-csv" disabled={total === 0} onClick={() => void write(exportPools)}>
          {total === null ? t('market.thesePoolsCsv') : t('market.thesePoolsCsvCounted', { count: total })}
        </Menu.Item>
        <Menu.Item data-testid="export-candles-csv" onClick={() => void write(() => exportWatchedCandles('csv'))}>
          {t('market.exportCsv')}
        </Menu.Item>
        <Menu.Item
          data-testid="export-candles-parquet"
          onClick={() => void write(() => exportWatchedCandles('parquet'))}
        >
          {t('market.exportParquet')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
