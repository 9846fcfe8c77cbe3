// The pools table: only the rows on the screen exist; order and filter are the program's, so the whole list is covered.
import { UnstyledButton } from '@mantine/core';
import { type Row, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type CSSProperties, type MouseEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { PoolListItem } from '../../../../shared/contract/queries';
import { Notice } from '../../components/notice';
import { navigate } from '../../store/route';
import { EMPTY_POOL_FILTER, setPoolFilter, togglePoolSort, useUiStore } from '../../store/uiStore';
import { POOL_COLUMN_LOOKS, poolColumns, type PoolColumnId, poolFeatures, poolTitle } from './poolColumns';
import { ColumnResizer } from './columnResizer';
import { onCellKey } from './poolCells';
import { PoolMenu, type PoolMenuPlace } from './poolMenu';
import type { PoolPages } from './usePoolPages';
import { t } from '../../texts/texts';
import classes from './market.module.css';

const ROW_HEIGHT = 34;
const OVERSCAN = 8;

interface PoolTableProps {
  readonly pools: PoolPages;
  readonly selectedId: string | null;
}

export function PoolTable({ pools, selectedId }: PoolTableProps): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: pools.total ?? 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
  });
  const places = virtual.getVirtualItems();
  const first = places[0]?.index ?? 0;
  const last = places.at(-1)?.index ?? 0;
  const { show } = pools;
  useEffect(() => show(first, last), [show, first, last]);

  const seen = places.map(({ index }) => pools.at(index));
  const table = useTable({
    features: poolFeatures,
    columns: poolColumns,
    data: seen.filter((pool) => pool !== null),
    getRowId: (pool) => pool.id,
  });
  const widths = useUiStore((state) => state.poolColumnWidths);
  const [menu, setMenu] = useState<PoolMenuPlace | null>(null);
  const rows = new Map(table.getRowModel().rows.map((row) => [row.id, row]));

  return (
    <div className={classes.tableCard}>
      <div className={classes.scroller} ref={scroller} data-testid="pool-scroller">
        <div
          className={classes.table}
          role="table"
          aria-label={t('market.pools')}
          aria-rowcount={(pools.total ?? 0) + 1}
          data-resized={Object.keys(widths).length > 0 || undefined}
          style={widthVariables(widths)}
        >
          <div role="rowgroup" className={classes.head}>
            {table.getHeaderGroups().map((group) => (
              <div key={group.id} role="row" aria-rowindex={1} className={classes.headRow}>
                {group.headers.map((header) => (
                  <HeaderCell key={header.id} id={header.column.id as PoolColumnId}>
                    <table.FlexRender header={header} />
                  </HeaderCell>
                ))}
              </div>
            ))}
          </div>
          <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
            {places.map(({ index, start }, place) => {
              const pool = seen[place] ?? null;
              const row = pool === null ? undefined : rows.get(pool.id);
              return (
                <div
                  key={index}
                  role="row"
                  aria-rowindex={index + 2}
                  className={classes.row}
                  data-testid={row === undefined ? undefined : 'pool-row'}
                  data-pool-id={pool?.id}
                  onClick={
                    pool === null ? undefined : () => navigate('market', pool.id === selectedId ? null : pool.id)
                  }
                  onKeyDown={pool === null ? undefined : (event) => onCellKey(event, pool)}
                  onContextMenu={pool === null ? undefined : (event) => setMenu(placeOf(event, pool))}
                  data-selected={(pool !== null && pool.id === selectedId) || undefined}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  {row === undefined ? (
                    <LoadingCells />
                  ) : (
                    <PoolCells
                      row={row}
                      render={(cell) => <table.FlexRender cell={cell} />}
                      selected={row.id === selectedId}
                    />
                  )}
                </div>
              );
            })}
          </div>
        </div>
      </div>
      <TableState pools={pools} />
      {menu !== null && <PoolMenu place={menu} onClose={() => setMenu(null)} />}
    </div>
  );
}

/** The style sheet knows which columns there is room for; it is only told of widths. */
function widthVariables(widths: Readonly<Record<string, number>>): CSSProperties {
  return Object.fromEntries(Object.entries(widths).map(([id, width]) => [`--width-${id}`, `${width}px`]));
}

function placeOf(event: MouseEvent, pool: PoolListItem): PoolMenuPlace {
  event.preventDefault();
  const cell = (event.target as Element).closest<HTMLElement>('[data-cell]');
  const column = (cell?.dataset['column'] ?? 'name') as PoolColumnId;
  return { pool, column, x: event.clientX, y: event.clientY };
}

interface HeaderCellProps {
  readonly id: PoolColumnId;
  readonly children: ReactNode;
}

function HeaderCell({ id, children }: HeaderCellProps): ReactNode {
  const sort = useUiStore((state) => state.poolSort);
  const { titleKey, sortBy, numeric } = POOL_COLUMN_LOOKS[id];
  const sorted = sortBy !== null && sort.by === sortBy;
  const Arrow = sort.descending ? ArrowDown : ArrowUp;
  return (
    <div
      role="columnheader"
      className={`${classes.cell} ${classes.headCell}`}
      data-column={id}
      data-numeric={numeric || undefined}
      aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : undefined}
    >
      {sortBy === null ? (
        children
      ) : (
        <UnstyledButton
          className={classes.sort}
          data-sorted={sorted || undefined}
          data-testid={`sort-${id}`}
          onClick={() => togglePoolSort(sortBy)}
        >
          {sorted && <Arrow size={12} aria-hidden />}
          {children}
        </UnstyledButton>
      )}
      <ColumnResizer id={id} title={t(titleKey)} />
    </div>
  );
}

type PoolRowModel = Row<typeof poolFeatures, PoolListItem>;

interface PoolCellsProps {
  readonly row: PoolRowModel;
  readonly selected: boolean;
  readonly render: (cell: ReturnType<PoolRowModel['getAllCells']>[number]) => ReactNode;
}

/** The name is a button, so that the row is one tab stop with one accessible name; its clicks are the row's, like all others. */
function PoolCells({ row, selected, render }: PoolCellsProps): ReactNode {
  return row.getAllCells().map((cell) => {
    const id = cell.column.id as PoolColumnId;
    return (
      <div
        key={cell.id}
        role="cell"
        className={classes.cell}
        data-cell
        // Reached with the arrow keys from the name, which is the one tab stop of the row.
        tabIndex={id === 'name' ? undefined : -1}
        data-column={id}
        data-numeric={POOL_COLUMN_LOOKS[id].numeric || undefined}
      >
        {id === 'name' ? (
          <button
            type="button"
            className={classes.open}
            data-row-button
            aria-pressed={selected}
            aria-label={t('market.candlesOf', { pool: poolTitle(row.original) })}
          >
            {render(cell)}
          </button>
        ) : (
          render(cell)
        )}
      </div>
    );
  });
}

function LoadingCells(): ReactNode {
  return (
    <div role="cell" className={classes.loadingCell}>
      <span className="pw-visually-hidden">{t('market.loading')}</span>
    </div>
  );
}

function TableState({ pools }: { readonly pools: PoolPages }): ReactNode {
  const filter = useUiStore((state) => state.poolFilter);
  const filtered = Object.values(filter).some((value) => value !== null);
  if (pools.error !== null && pools.total === null) {
    return (
      <Notice
        title={t('market.poolsNotRead')}
        tone="error"
        action={{ label: t('common.tryAgain'), run: pools.refresh }}
      >
        {pools.error.message}
      </Notice>
    );
  }
  if (pools.total === null) return <Notice title={t('market.readingPools')} />;
  if (pools.total > 0) return null;
  return filtered ? (
    <Notice
      title={t('market.noPoolMatches')}
      action={{ label: t('market.showEveryPool'), run: () => setPoolFilter(EMPTY_POOL_FILTER) }}
    />
  ) : (
    <Notice title={t('market.noPools')} action={{ label: t('market.lookAtCollectors'), run: () => navigate('now') }}>
      {t('market.noPoolsHint')}
    </Notice>
  );
}
