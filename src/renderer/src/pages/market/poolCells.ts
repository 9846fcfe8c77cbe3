// Moving among the cells of the pools table, and what each of them holds when it is copied: every digit, not what fits on the screen.
import type { KeyboardEvent } from 'react';
import type { PoolListItem } from '../../../../shared/contract/queries';
import { giveOrder } from '../../components/orders';
import { matchesKey, shortcut } from '../../components/shortcuts/shortcutTable';
import { type PoolColumnId, poolPlace, poolTitle } from './poolColumns';
import { t } from '../../texts/texts';

const TEXTS: Readonly<Record<PoolColumnId, (pool: PoolListItem) => string | null>> = {
  name: poolTitle,
  dex: poolPlace,
  price: ({ basePriceUsd }) => basePriceUsd,
  change: ({ changePctH24 }) => changePctH24,
  liquidity: ({ reserveUsd }) => reserveUsd,
  volume: ({ volumeUsdH24 }) => volumeUsdH24,
  age: ({ createdAtMs }) => (createdAtMs === null ? null : new Date(createdAtMs).toISOString()),
  updated: ({ observedAtMs }) => new Date(observedAtMs).toISOString(),
};

/** Decimals as they came, times as UTC; null where the source did not say. */
export function cellText(pool: PoolListItem, column: PoolColumnId): string | null {
  return TEXTS[column](pool);
}

export function copyText(text: string | null): Promise<boolean> {
  if (text === null) return Promise.resolve(false);
  return giveOrder({
    name: 'text.copy',
    args: { text },
    accepted: () =>
      text.length > LONGEST_SHOWN
        ? t('market.copiedLength', { characters: t('market.characters', { count: text.length }) })
        : t('market.copiedText', { text }),
    refused: t('market.nothingCopied'),
  });
}
const LONGEST_SHOWN = 60;

const MOVES: Readonly<Record<string, readonly [rows: number, cells: number]>> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
};

/** Arrow keys move from cell to cell without leaving the list; the copy keys take the one in focus. */
export function onCellKey(event: KeyboardEvent<HTMLElement>, pool: PoolListItem): void {
  const cell = (event.target as Element).closest<HTMLElement>('[data-cell]');
  if (cell === null) return;
  const move = MOVES[event.key];
  if (move !== undefined) {
    const target = neighbour(event.currentTarget, cell, ...move);
    if (target === null) return;
    event.preventDefault();
    target.focus();
    return;
  }
  const copies = shortcut('copyCell').keys.some((key) => matchesKey(key, event.nativeEvent));
  // What somebody has marked with the pointer is what they mean to copy.
  if (!copies || document.getSelection()?.isCollapsed === false) return;
  event.preventDefault();
  void copyText(cellText(pool, cell.dataset['column'] as PoolColumnId));
}

function neighbour(row: HTMLElement, cell: HTMLElement, rows: number, cells: number): HTMLElement | null {
  const list = [...(row.parentElement?.querySelectorAll<HTMLElement>('[data-pool-id]') ?? [])];
  const targetRow = list[list.indexOf(row) + rows];
  const columns = seenCells(row);
  const column = columns[columns.indexOf(cell) + cells]?.dataset['column'];
  if (targetRow === undefined || column === undefined) return null;
  const target = seenCells(targetRow).find((candidate) => candidate.dataset['column'] === column);
  // The name is a button of its own.
  return target?.querySelector<HTMLElement>('[data-row-button]') ?? target ?? null;
}

/** Beside the candles some columns are not drawn. */
function seenCells(row: HTMLElement): readonly HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>('[data-cell]')].filter(
    (cell) => getComputedStyle(cell).display !== 'none',
  );
}
