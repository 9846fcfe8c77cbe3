import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { PAGE_ROWS, usePoolPages } from '../../../src/renderer/src/pages/market/usePoolPages';
import { useSnapshotStore } from '../../../src/renderer/src/store/snapshotStore';
import { EMPTY_POOL_FILTER } from '../../../src/renderer/src/store/uiStore';
import { ok, type Result } from '../../../src/shared/contract/envelope';
import type { PoolList, PoolListArgs } from '../../../src/shared/contract/queries';
import { fakePoolList } from './support/fakeMarket';
import { shownSnapshot } from '../../../src/shared/contract/snapshotWire';
import { healthySnapshot } from './support/fakeSnapshot';
import { installBridge } from './support/renderApp';

const POOLS = 100_000;
const SORT = { by: 'reserveUsd', descending: true } as const;

afterEach(() => {
  cleanup();
  installBridge(undefined);
  useSnapshotStore.setState({ snapshot: null });
});

it('asks for the page where scrolling stops, not for the hundreds it passed', async () => {
  const waiting: { readonly page: number; readonly answer: () => void }[] = [];
  const asked: number[] = [];
  const query = (_name: string, args: PoolListArgs): Promise<Result<PoolList>> =>
    new Promise((resolve) => {
      const page = args.offset / PAGE_ROWS;
      asked.push(page);
      waiting.push({
        page,
        answer: () => resolve(ok({ ...fakePoolList({ ...args, offset: 0 }, PAGE_ROWS, 0), total: POOLS })),
      });
    });
  installBridge({ query } as never);
  useSnapshotStore.setState({ snapshot: shownSnapshot(healthySnapshot(Date.now())) });
  const { result } = renderHook(() => usePoolPages(EMPTY_POOL_FILTER, SORT));
  const answerAll = (): Promise<void> =>
    act(async () => {
      for (const { answer } of waiting.splice(0)) answer();
      await Promise.resolve();
    });
  await answerAll();
  expect(result.current.total).toBe(POOLS);

  for (let row = 0; row < POOLS - 20; row += 150) act(() => result.current.show(row, row + 20));
  expect(asked.length).toBeLessThan(5);
  for (let rounds = 0; rounds < 3; rounds += 1) await answerAll();
  expect(asked.length).toBeLessThan(8);
  expect(result.current.at(POOLS - 60)).not.toBeNull();
});
