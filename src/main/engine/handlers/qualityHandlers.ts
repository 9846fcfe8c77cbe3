// How good the collected data is, asked by a person: tables, collectors and gaps, each with a verdict in plain words.
import type { CollectorSlice } from '../../../shared/contract/snapshot';
import type { CollectorQuality, QualityReport } from '../../../shared/domain/quality';
import { collectorVerdicts, overallVerdict, tableVerdicts } from '../../collectors/quality/verdicts';
import type { QueryHandlers } from '../application';
import type { Engine } from '../engine';
import { type HandlerContext, reading } from './context';

export function qualityQueries(context: HandlerContext): Pick<QueryHandlers, 'quality.report'> {
  return { 'quality.report': () => reading(context, (engine) => report(engine, context.clock.wallMs())) };
}

async function report({ backfill, market, scheduler }: Engine, atMs: number): Promise<QualityReport> {
  const tables = (await market.read('quality.tables', null)).map((table) => ({
    ...table,
    verdicts: tableVerdicts(table),
  }));
  const series = await backfill.gaps({ poolIds: null, bars: null, days: null });
  const parts = {
    atMs,
    tables,
    collectors: scheduler.slices().map((slice) => ofCollector(slice, atMs)),
    gaps: {
      series: series.length,
      incomplete: series.filter(({ missing }) => missing > 0).length,
      missing: series.reduce((sum, { missing }) => sum + missing, 0),
      omitted: series.reduce((sum, { omitted }) => sum + omitted, 0),
    },
  };
  return { ...parts, verdict: overallVerdict(parts) };
}

function ofCollector({ id, intervalMs, lastRun, lastSuccessAtMs }: CollectorSlice, atMs: number): CollectorQuality {
  const figures = {
    collectorId: id,
    lastSuccessAtMs,
    freshnessMs: lastSuccessAtMs === null ? null : Math.max(0, atMs - lastSuccessAtMs),
    fetched: lastRun?.fetched ?? 0,
    valid: lastRun?.valid ?? 0,
    quality: lastRun?.quality ?? null,
  };
  return { ...figures, verdicts: collectorVerdicts(figures, intervalMs) };
}
