// Backfill and gaps as a person orders and asks for them, over the same parts that the background collector uses.
import { randomUUID } from 'node:crypto';
import type { BackfillPreview, BackfillScope, SeriesGapReport } from '../../shared/contract/gaps';
import type { WriteAck, WriteBatch } from '../../shared/contract/storage';
import type { LongWork } from '../../shared/domain/operation';
import type { Settings } from '../../shared/domain/settings';
import type { Clock } from '../../shared/util/clock';
import { formatQuantity } from '../../shared/util/format';
import { fillGaps } from '../collectors/backfill/fillGaps';
import { estimateBackfill, minutesFor } from '../collectors/backfill/planBackfill';
import { quietCallsPerMinute, quietTurn } from '../collectors/backfill/quietTurn';
import { collectedSeries, type GapTools, readGaps } from '../collectors/backfill/seriesGaps';
import type { SeriesGaps } from '../collectors/backfill/seriesWindow';
import type { CandleTarget } from '../collectors/candleTargets';
import type { CollectContext } from '../collectors/collector';
import { PartFailures } from '../collectors/partFailures';
import type { MarketSource } from '../sources/marketSource';

export interface BackfillParts {
  readonly client: MarketSource;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly read: CollectContext['read'];
  readonly write: (batch: WriteBatch) => Promise<WriteAck>;
}

interface Task {
  readonly target: CandleTarget;
  readonly gaps: SeriesGaps;
}

export class Backfill {
  readonly #parts: BackfillParts;

  constructor(parts: BackfillParts) {
    this.#parts = parts;
  }

  /** Every collected series of the scope, complete or not. */
  async gaps(scope: BackfillScope): Promise<readonly SeriesGapReport[]> {
    return (await this.#tasks(scope)).map(
      ({ target, gaps: { expected, missing, omitted, present, ranges, window } }) => ({
        ...target.series,
        label: target.label,
        watched: target.watched,
        fromS: window.from,
        toS: window.to,
        expected,
        present,
        omitted,
        missing,
        ranges,
      }),
    );
  }

  async preview(scope: BackfillScope): Promise<BackfillPreview> {
    const series = (await this.#tasks(scope))
      .filter(({ gaps }) => gaps.missing > 0)
      .map(({ target, gaps }) => ({
        label: target.label,
        missing: gaps.missing,
        ...estimateBackfill(target.series, gaps),
      }));
    const calls = series.reduce((sum, each) => sum + each.calls, 0);
    return {
      series,
      calls,
      bars: series.reduce((sum, each) => sum + each.bars, 0),
      minutes: minutesFor(calls, quietCallsPerMinute(this.#parts.client.status())),
    };
  }

  /** Fills the gaps of the scope at quiet moments. Whatever it has fetched when it is called off is stored for good. */
  async fill(scope: BackfillScope, { signal, onProgress }: LongWork): Promise<string> {
    const { client, clock, write } = this.#parts;
    const tasks = (await this.#tasks(scope)).filter(({ gaps }) => gaps.missing > 0);
    const total = tasks.reduce((sum, { target, gaps }) => sum + estimateBackfill(target.series, gaps).calls, 0);
    const failures = new PartFailures();
    let calls = 0;
    let inserted = 0;
    let shortfalls = 0;
    for (const { target, gaps } of tasks) {
      const turn = (): Promise<boolean> => {
        onProgress({ done: calls, total: Math.max(total, calls), unit: 'calls', step: target.label });
        return quietTurn({ status: () => client.status(), clock, signal, patienceMs: null });
      };
      try {
        for await (const page of fillGaps({ client, clock, signal, turn }, target, gaps.ranges)) {
          calls += page.shortfall === null ? 1 : 0;
          shortfalls += page.shortfall === null ? 0 : 1;
          if (page.parts.length > 0) inserted += (await write({ id: randomUUID(), parts: page.parts })).inserted;
        }
        failures.succeeded();
      } catch (error) {
        failures.failed(target.label, error);
        shortfalls += 1;
      }
    }
    failures.finish();
    const end = shortfalls === 0 ? '' : `; ${formatQuantity(shortfalls, 'series', 'series')} could not be had`;
    return `${formatQuantity(inserted, 'row')} stored after ${formatQuantity(calls, 'call')}${end}.`;
  }

  async #tasks({ bars, days, poolIds }: BackfillScope): Promise<readonly Task[]> {
    const { client, clock, read, settings } = this.#parts;
    const { ohlcv } = settings;
    const tools: GapTools = {
      clock,
      read,
      planDays: client.historyDays,
      settings: { ...settings, ohlcv: { ...ohlcv, bars: bars ?? ohlcv.bars, historyDays: days ?? ohlcv.historyDays } },
    };
    const tasks: Task[] = [];
    for (const target of await collectedSeries(tools)) {
      if (poolIds !== null && !poolIds.includes(target.series.poolId)) continue;
      tasks.push({ target, gaps: await readGaps(tools, target) });
    }
    return tasks;
  }
}
