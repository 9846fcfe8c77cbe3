// Market: the pools, and the candles of one of them beside the list.
import { useDebouncedValue } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useRoute } from '../../store/route';
import { useUiStore } from '../../store/uiStore';
import { CandlesPanel } from './candlesPanel';
import { MarketTools } from './marketTools';
import { PoolTable } from './poolTable';
import { usePoolPages } from './usePoolPages';
import classes from './market.module.css';

/** Typing asks once it pauses. */
const TYPING_PAUSE_MS = 200;

export function MarketPage(): ReactNode {
  const { itemId: poolId } = useRoute();
  const filter = useUiStore((state) => state.poolFilter);
  const sort = useUiStore((state) => state.poolSort);
  const [asked] = useDebouncedValue(filter, TYPING_PAUSE_MS);
  const pools = usePoolPages(asked, sort);
  return (
    <div className={classes.page} data-testid="page-market" data-split={poolId !== null || undefined}>
      <MarketTools total={pools.total} asOfMs={pools.asOfMs} />
      <div className={classes.panes}>
        <PoolTable pools={pools} selectedId={poolId} />
        {poolId !== null && <CandlesPanel key={poolId} poolId={poolId} known={pools.find(poolId)} />}
      </div>
    </div>
  );
}
