// Reads that touch next to no page, made once when a reader has opened its file: what they leave behind (the
// addon loaded, the schema known, statements prepared) is what the first real read would otherwise wait for.
import type { ReadArgs, ReadName } from '../../../../shared/contract/reads';
import type { DatabaseName } from '../../../../shared/domain/database';

type UsualRead = { readonly [R in ReadName]: { readonly name: R; readonly args: ReadArgs<R> } }[ReadName];

/** Each looks up one key at most. Reads that walk a table (lists, counts) would only make the first real read wait longer. */
export const USUAL_READS: Readonly<Record<DatabaseName, readonly UsualRead[]>> = {
  market: [
    { name: 'pools.largest', args: { networkIds: [], limit: 1 } },
    { name: 'pools.figures', args: { ids: [] } },
    { name: 'candles.series', args: { poolId: '', timeframe: 'minute', aggregate: 1, limit: 1 } },
  ],
  monitor: [
    { name: 'slots.recent', args: { collectorIds: ['networks'], perCollector: 1 } },
    { name: 'runs.recent', args: { collectorId: 'networks', limit: 1 } },
  ],
};
