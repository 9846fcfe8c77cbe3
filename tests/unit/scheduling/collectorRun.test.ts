import { describe, expect, it } from 'vitest';
import type { WriteAck, WriteBatch } from '../../../src/shared/contract/storage';
import type { TableRows } from '../../../src/shared/contract/tables';
import { DEFAULT_SETTINGS } from '../../../src/main/settings/settingsSchema';
import type { CollectContext, CollectedPage, Collector } from '../../../src/main/collectors/collector';
import { HANG_AFTER_MS, runCollector, type RunServices } from '../../../src/main/scheduling/collectorRun';
import { FakeClock } from '../../support/fakeClock';

const part: TableRows = { table: 'dexes', rows: [['solana', 'raydium', 'Raydium', 1]] };
const page = (more: Partial<CollectedPage> = {}): CollectedPage => ({
  parts: [part],
  fetched: 1,
  valid: 1,
  rejected: [],
  shortfall: null,
  ...more,
});

function bench(
  collect: (context: CollectContext) => AsyncIterable<CollectedPage>,
  ack: Partial<WriteAck> = {},
  read: () => Promise<never> = () => Promise.reject(new Error('nothing is stored')),
) {
  const clock = new FakeClock();
  const stop = new AbortController();
  const batches: WriteBatch[] = [];
  const source = { throttles: false };
  const services: RunServices = {
    clock,
    write: (batch) => {
      batches.push(batch);
      return Promise.resolve({
        batchId: batch.id,
        durability: 'committed',
        inserted: 1,
        changed: 0,
        unchanged: 0,
        rejected: [],
        timings: { pickedMs: 0, firstTryMs: 0, begunMs: 0, committedMs: 0 },
        ...ack,
      });
    },
    // The collectors under test ask no source.
    context: {
      clock,
      settings: DEFAULT_SETTINGS,
      read,
    } as unknown as RunServices['context'],
    classify: (error) => ({ class: 'internal', message: String(error) }),
    counted: (_, step) => step(),
    countsOf: () => ({ calls: 3, throttles: 1 }),
    isHeldUp: () => source.throttles,
  };
  const collector: Collector = { id: 'dexes', title: '', description: '', collect };
  const done = runCollector(services, {
    runId: 'run-1',
    collector,
    slotAtMs: 7,
    trigger: 'schedule',
    priority: 'normal',
    deadlineMs: 60_000,
    signal: stop.signal,
    onStep: () => undefined,
  });
  return { clock, stop, batches, source, done };
}

describe('runCollector', () => {
  it('stores page by page and adds up what became of every row', async () => {
    const { done, batches } = bench(async function* () {
      yield page({ fetched: 3, valid: 2, rejected: [{ reason: 'no id', count: 1 }] });
      yield page({ fetched: 2, valid: 1, rejected: [{ reason: 'no id', count: 1 }] });
    });
    expect(await done).toMatchObject({
      outcome: 'ok',
      fetched: 5,
      valid: 3,
      inserted: 2,
      rejected: [{ reason: 'no id', count: 2 }],
      calls: 3,
      throttles: 1,
      error: null,
    });
    expect(new Set(batches.map(({ id }) => id)).size).toBe(2);
  });

  it('keeps what was stored before a collector threw, and reports the failure', async () => {
    const { done, batches } = bench(async function* () {
      yield page();
      throw new Error('bang');
    });
    expect(await done).toMatchObject({ outcome: 'failed', inserted: 1, error: { class: 'internal' } });
    expect(batches).toHaveLength(1);
  });

  it('calls a run without a single usable row a failure, not a success', async () => {
    const { done } = bench(async function* () {
      yield page({ parts: [], fetched: 20, valid: 0, rejected: [{ reason: 'no id', count: 20 }] });
    });
    expect(await done).toMatchObject({ outcome: 'failed', error: { class: 'malformed' } });
  });

  it('is partial when a part could not be had', async () => {
    const { done } = bench(async function* () {
      yield page();
      yield page({ parts: [], fetched: 0, valid: 0, shortfall: 'solana / orca: not found' });
    });
    expect(await done).toMatchObject({
      outcome: 'partial',
      error: { class: 'shortfall', message: 'solana / orca: not found' },
    });
  });

  it('says so when rows are neither in the database nor in the spool', async () => {
    const { done } = bench(
      async function* () {
        yield page();
      },
      { durability: 'volatile' },
    );
    expect(await done).toMatchObject({ outcome: 'partial', error: { class: 'storage' } });
  });

  it('ends a collector that hangs and ignores its signal', async () => {
    const { clock, done } = bench(async function* () {
      yield page();
      await new Promise(() => undefined);
    });
    await clock.advance(HANG_AFTER_MS + 1);
    expect(await done).toMatchObject({ outcome: 'failed', inserted: 1, error: { class: 'timeout' } });
    expect(clock.pendingTimers).toBe(0);
  });

  it('ends although the database never answers what it is asked about the rows before', async () => {
    const { clock, stop, batches, done } = bench(
      async function* () {
        yield page({ parts: [{ table: 'pools', rows: [[]] }] });
      },
      {},
      () => new Promise(() => {}),
    );
    await clock.advance(1);
    stop.abort(new Error('Stopped by hand.'));
    expect(await done).toMatchObject({ outcome: 'cancelled' });
    expect(batches).toEqual([]);
  });

  it('does not take a source that makes everybody wait for a hang', async () => {
    const { clock, source, done } = bench(async function* () {
      yield page();
      await new Promise(() => undefined);
    });
    source.throttles = true;
    await clock.advance(3 * HANG_AFTER_MS);
    expect(clock.pendingTimers).toBe(1);
    source.throttles = false;
    await clock.advance(HANG_AFTER_MS);
    expect(await done).toMatchObject({ outcome: 'failed', error: { class: 'timeout' } });
  });

  it('does not take slow progress for a hang', async () => {
    const { clock, done } = bench(async function* ({ progress, clock: time }) {
      for (let step = 0; step < 4; step += 1) {
        progress(`step ${step}`);
        await new Promise<void>((resolve) => void time.after(HANG_AFTER_MS - 1, resolve));
      }
      yield page();
    });
    await clock.advance(4 * HANG_AFTER_MS);
    expect(await done).toMatchObject({ outcome: 'ok' });
  });

  it('is cancelled, not failed, when it is told to stop', async () => {
    const { stop, done } = bench(async function* () {
      await new Promise(() => undefined);
      yield page();
    });
    stop.abort(new Error('Poolwatch is stopping.'));
    expect(await done).toMatchObject({ outcome: 'cancelled', error: { message: 'Poolwatch is stopping.' } });
  });
});
