// Answers from the tiers: buckets of a series for a chart, or one figure for a stretch of time. The newest hours are not rolled up
// yet and come from the journal; while an hour is being sealed it counts once, from the journal.
import {
  type Bucket,
  bucketsOf,
  emptyBucket,
  everySeconds,
  figureOf,
  mergeInto,
} from '../../../monitoring/series/bucket';
import { chooseTier } from '../../../monitoring/series/chooseTier';
import { localDay } from '../../../monitoring/series/localDay';
import { unpackBuckets } from '../../../monitoring/series/packedBuckets';
import type { ReadArgs } from '../../../../shared/contract/reads';
import { targetKey } from '../../../../shared/domain/metrics';
import {
  type Figure,
  SAMPLE_TIERS,
  type SampleTier,
  type SeriesBucket,
  type SeriesId,
} from '../../../../shared/domain/series';
import type { SqliteDatabase } from '../driver';
import { StatementCache } from '../reads/statementCache';
import { Chunks } from './chunks';
import { HOUR_S, type Journal, seriesName } from './journal';

const DAY_S = 86_400;
/** The longest time that a row of a tier speaks for: how far before the first wanted bucket its row may begin. */
const ROW_SPAN_S: Readonly<Record<Exclude<SampleTier['id'], 'raw'>, number>> = {
  minute: HOUR_S,
  ten_minutes: DAY_S,
  hour: DAY_S,
  day: DAY_S + HOUR_S,
};
/** Enough for a figure of a whole stretch to begin and end where it should. */
const POINTS_OF_A_FIGURE = 24;
const [, , , HOUR_TIER] = SAMPLE_TIERS;

interface Span {
  readonly fromS: number;
  readonly toS: number;
  readonly bucket: Bucket;
}

export class SeriesReader {
  readonly #statements: StatementCache;
  readonly #journal: Journal;
  readonly #chunks: Chunks;

  constructor(db: SqliteDatabase, journal: Journal) {
    this.#statements = new StatementCache(db);
    this.#journal = journal;
    this.#chunks = new Chunks(this.#statements);
  }

  series(args: ReadArgs<'samples.series'>): readonly SeriesBucket[] {
    const nowS = args.nowMs / 1_000;
    return this.#spans(args).map(({ fromS, toS, bucket }) => ({
      fromMs: fromS * 1_000,
      toMs: toS * 1_000,
      ...figureOf(bucket, Math.max(1, Math.min(toS, nowS) - fromS)),
    }));
  }

  /** Null when there is no sample in that time. */
  figure(id: SeriesId, { fromMs, toMs, nowMs, zone }: ReadArgs<'samples.figures'>): Figure | null {
    const whole = emptyBucket(fromMs / 1_000);
    for (const { bucket } of this.#spans({ ...id, fromMs, toMs, points: POINTS_OF_A_FIGURE, nowMs, zone })) {
      mergeInto(whole, bucket);
    }
    return whole.n === 0 ? null : figureOf(whole, (toMs - fromMs) / 1_000);
  }

  #spans({ metric, target, fromMs, toMs, points, nowMs, zone }: ReadArgs<'samples.series'>): readonly Span[] {
    const toS = Math.round(toMs / 1_000);
    const grid = chooseTier(Math.round(fromMs / 1_000), toS, points, nowMs / 1_000);
    const isDays = grid.tier.id === 'day';
    const fromS = isDays ? localDay(grid.fromS, zone).from : grid.fromS;
    const spans = new Map<number, Span>();
    const add = (bucket: Bucket, widthS: number): void => {
      if (bucket.fromS < fromS || bucket.fromS >= toS) return;
      const steps = (bucket.fromS - fromS) / grid.stepS;
      // Local days begin an hour earlier or later in one half of the year.
      const index = isDays ? Math.floor(steps + HOUR_S / DAY_S) : Math.floor(steps);
      const known = spans.get(index);
      const span = {
        fromS: isDays ? (known?.fromS ?? bucket.fromS) : fromS + index * grid.stepS,
        toS: isDays ? bucket.fromS + widthS : fromS + (index + 1) * grid.stepS,
        bucket: known?.bucket ?? emptyBucket(bucket.fromS),
      };
      mergeInto(span.bucket, bucket);
      spans.set(index, span);
    };

    const live = this.#journal.unsealed().filter((hour) => hour.fromS < toS && hour.fromS + HOUR_S > fromS);
    const isLive = new Set(live.map((hour) => hour.fromS));
    const key = targetKey(target);
    let restFromS = fromS;
    if (isDays) {
      for (const { bucket, widthS } of this.#stored(grid.tier, metric, key, fromS, toS)) {
        add(bucket, widthS);
        restFromS = bucket.fromS + widthS;
      }
    }
    const tier = isDays ? HOUR_TIER : grid.tier;
    const dayOf = isDays ? dayWidths(zone) : null;
    for (const { bucket, widthS } of this.#stored(tier, metric, key, restFromS, toS)) {
      if (isLive.has(Math.floor(bucket.fromS / HOUR_S) * HOUR_S)) continue;
      if (dayOf) add({ ...bucket, fromS: dayOf(bucket.fromS).from }, widthOf(dayOf(bucket.fromS)));
      else add(bucket, widthS);
    }
    for (const hour of live) {
      const samples = this.#journal
        .samplesOf(seriesName({ metric, target: key }), hour.fromS, hour.fromS + HOUR_S)
        .filter(({ atS }) => atS >= restFromS && atS < toS);
      const startOf = dayOf ? (atS: number) => dayOf(atS).from : everySeconds(tier.widthS);
      for (const bucket of bucketsOf(samples, startOf)) {
        add(bucket, dayOf ? widthOf(dayOf(bucket.fromS)) : tier.widthS);
      }
    }
    return [...spans].sort(([a], [b]) => a - b).map(([, span]) => span);
  }

  /** Buckets that begin in the given time, in order. */
  #stored(tier: SampleTier, metric: string, target: string, fromS: number, toS: number): readonly Stored[] {
    if (tier.id === 'raw') {
      const samples = this.#chunks.samplesOf({ metric, target }, fromS, toS);
      return bucketsOf(samples, everySeconds(tier.widthS)).map((bucket) => ({ bucket, widthS: tier.widthS }));
    }
    return this.#statements
      .all<{ readonly widthS: number; readonly body: string }>(
        `SELECT width_s AS widthS, body FROM ${tier.table}
         WHERE metric = ? AND target = ? AND from_s > ? AND from_s < ? ORDER BY from_s`,
        [metric, target, fromS - ROW_SPAN_S[tier.id], toS],
      )
      .flatMap(({ widthS, body }) => unpackBuckets(body).map((bucket) => ({ bucket, widthS })))
      .filter(({ bucket }) => bucket.fromS >= fromS && bucket.fromS < toS);
  }
}

interface Stored {
  readonly bucket: Bucket;
  readonly widthS: number;
}

/** Asking for a time zone is slow, and neighbours lie in the same day. */
function dayWidths(zone: string): (atS: number) => ReturnType<typeof localDay> {
  let day = localDay(0, zone);
  return (atS) => {
    if (atS < day.from || atS >= day.to) day = localDay(atS, zone);
    return day;
  };
}

function widthOf({ from, to }: ReturnType<typeof localDay>): number {
  return to - from;
}
