// The pools table: only the rows on the screen exist; order and filter are the program's, so the whole list is covered. What turns with
// the wheel is the rows alone, and of those only the ones that come into sight are drawn.
import { UnstyledButton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type CSSProperties, memo, type MouseEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { PoolListItem } from '../../../../shared/contract/queries';
import { Notice } from '../../components/notice';
import { navigate } from '../../store/route';
import { EMPTY_POOL_FILTER, setPoolFilter, togglePoolSort, useUiStore } from '../../store/uiStore';
import { POOL_COLUMN_IDS, POOL_COLUMNS, type PoolColumnId, poolTitle } from './poolColumns';
import { ColumnResizer } from './columnResizer';
import { onCellKey } from './poolCells';
import { PoolMenu, type PoolMenuPlace } from './poolMenu';
import type { PoolPages } from './usePoolPages';
import { t } from '../../texts/texts';
import classes from './market.module.css';

/** As in market.module.css. */
const ROW_HEIGHT = 34;
const OVERSCAN = 4;
/** So many rows. Fewer may leave the card as high as they are, and are laid out in no time. */
const FILLS_ANY_WINDOW = 200;

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
  const bodyHeight = virtual.getTotalSize();
  const { show } = pools;
  useEffect(() => show(first, last), [show, first, last]);

  const widths = useUiStore((state) => state.poolColumnWidths);
  const [menu, setMenu] = useState<PoolMenuPlace | null>(null);

  return (
    <div className={classes.tableCard}>
      <div
        className={classes.scroller}
        ref={scroller}
        data-testid="pool-scroller"
        style={(pools.total ?? 0) > FILLS_ANY_WINDOW ? { height: bodyHeight } : undefined}
      >
        <div
          className={classes.table}
          role="table"
          aria-label={t('market.pools')}
          aria-rowcount={(pools.total ?? 0) + 1}
          data-resized={Object.keys(widths).length > 0 || undefined}
          style={widthVariables(widths)}
        >
          <TableHead />
          <div role="rowgroup" className={classes.body} style={{ height: bodyHeight }}>
            {places.map(({ index, start }) => {
              const pool = pools.at(index);
              const selected = pool !== null && pool.id === selectedId;
              return (
                <PoolRow key={index} pool={pool} index={index} start={start} selected={selected} onMenu={setMenu} />
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

const TableHead = memo(function TableHead(): ReactNode {
  return (
    <div role="rowgroup" className={classes.head}>
      <div role="row" aria-rowindex={1} className={classes.headRow}>
        {POOL_COLUMN_IDS.map((id) => (
          <HeaderCell key={id} id={id} />
        ))}
      </div>
    </div>
  );
});

function HeaderCell({ id }: { readonly id: PoolColumnId }): ReactNode {
  const sort = useUiStore((state) => state.poolSort);
  const { titleKey, sortBy, numeric } = POOL_COLUMNS[id];
  const title = t(titleKey);
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
        title
      ) : (
        <UnstyledButton
          className={classes.sort}
          data-sorted={sorted || undefined}
          data-testid={`sort-${id}`}
          onClick={() => togglePoolSort(sortBy)}
        >
          {sorted && <Arrow size={12} aria-hidden />}
          {title}
        </UnstyledButton>
      )}
      <ColumnResizer id={id} title={title} />
    </div>
  );
}

interface PoolRowProps {
  /** Null while its page is under way. */
  readonly pool: PoolListItem | null;
  /** Among all rows, from 0. */
  readonly index: number;
  /** Pixels from the top of the list. */
  readonly start: number;
  readonly selected: boolean;
  readonly onMenu: (place: PoolMenuPlace) => void;
}

const PoolRow = memo(function PoolRow({ pool, index, start, selected, onMenu }: PoolRowProps): ReactNode {
  const place = {
    role: 'row',
    'aria-rowindex': index + 2,
    className: classes.row,
    style: { transform: `translateY(${start}px)` },
  } as const;
  if (pool === null) {
    return (
      <div {...place}>
        <div role="cell" className={classes.loadingCell}>
          <span className="pw-visually-hidden">{t('market.loading')}</span>
        </div>
      </div>
    );
  }
  return (
    <div
      {...place}
      data-testid="pool-row"
      data-pool-id={pool.id}
      data-selected={selected || undefined}
      onClick={() => navigate('market', selected ? null : pool.id)}
      onKeyDown={(event) => onCellKey(event, pool)}
      onContextMenu={(event) => onMenu(placeOf(event, pool))}
    >
      {POOL_COLUMN_IDS.map((id) => (
        <PoolCell key={id} id={id} pool={pool} selected={selected} />
      ))}
    </div>
  );
});

function placeOf(event: MouseEvent, pool: PoolListItem): PoolMenuPlace {
  event.preventDefault();
  const cell = (event.target as Element).closest<HTMLElement>('[data-cell]');
  const column = (cell?.dataset['column'] ?? 'name') as PoolColumnId;
  return { pool, column, x: event.clientX, y: event.clientY };
}

interface PoolCellProps {
  readonly id: PoolColumnId;
  readonly pool: PoolListItem;
  readonly selected: boolean;
}

/** The name is a button, so that the row is one tab stop with one accessible name; its clicks are the row's, like all others. */
function PoolCell({ id, pool, selected }: PoolCellProps): ReactNode {
  const { numeric, draw } = POOL_COLUMNS[id];
  return (
    <div
      role="cell"
      className={classes.cell}
      data-cell
      // Reached with the arrow keys from the name, which is the one tab stop of the row.
      tabIndex={id === 'name' ? undefined : -1}
      data-column={id}
      data-numeric={numeric || undefined}
    >
      {id === 'name' ? (
        <button
          type="button"
          className={classes.open}
          data-row-button
          aria-pressed={selected}
          aria-label={t('market.candlesOf', { pool: poolTitle(pool) })}
        >
          {draw(pool)}
        </button>
      ) : (
        draw(pool)
      )}
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
