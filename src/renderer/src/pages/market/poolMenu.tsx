// The menu of a cell of the pools table: what of it can be copied.
import { Menu, Portal } from '@mantine/core';
import type { ReactNode } from 'react';
import type { PoolListItem } from '../../../../shared/contract/queries';
import { cellText, copyText } from './poolCells';
import { POOL_COLUMN_IDS, type PoolColumnId, poolTitle } from './poolColumns';
import { t } from '../../texts/texts';
import classes from './market.module.css';

export interface PoolMenuPlace {
  readonly pool: PoolListItem;
  readonly column: PoolColumnId;
  /** In the window, pixels. */
  readonly x: number;
  readonly y: number;
}

interface PoolMenuProps {
  readonly place: PoolMenuPlace;
  readonly onClose: () => void;
}

export function PoolMenu({ place: { pool, column, x, y }, onClose }: PoolMenuProps): ReactNode {
  const text = cellText(pool, column);
  const row = POOL_COLUMN_IDS.map((id) => cellText(pool, id) ?? '').join('\t');
  return (
    <Menu opened onClose={onClose} position="bottom-start" shadow="md">
      {/* Placed in the window: the page contains what is laid out in it. */}
      <Portal>
        <Menu.Target>
          <span className={classes.menuPlace} style={{ left: x, top: y }} />
        </Menu.Target>
      </Portal>
      <Menu.Dropdown data-testid="pool-menu">
        <Menu.Label>{poolTitle(pool)}</Menu.Label>
        <Menu.Item disabled={text === null} data-testid="copy-cell" onClick={() => void copyText(text)}>
          {t('market.copyCell')}
        </Menu.Item>
        <Menu.Item onClick={() => void copyText(row)}>{t('market.copyRow')}</Menu.Item>
        <Menu.Item onClick={() => void copyText(pool.address)}>{t('market.copyAddress')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
