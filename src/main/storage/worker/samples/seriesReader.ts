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
import { addPacked } from '../../../monitoring/series/packedBuckets';
import type { Sample } from '../../../monitoring/series/packedSamples';
import type { ReadArgs } from '../../../../shared/contract/reads';
import { targetKey } from '../../../../shared/domain/metrics';
import {
  type Figure,
  SAMPLE_TIERS,
  type SampleTier,
  type SeriesBucket,
  type SeriesId,
} from '../../../../shared/domain/series';
import type { Range } from '../../../../shared/util/ranges';
import type { SqliteDatabase } from '../driver';
import { StatementCache } from '../reads/statementCache';
import { Chunks } from './chunks';
import { HOUR_S, type Journal, type SeriesKey, seriesName } from './journal';
import { type Span, Spans } from './spans';

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
    const spans = new Spans({ fromS, toS, stepS: grid.stepS, isDays });
    const key = { metric, target: targetKey(target) };
    const live = this.#journal.unsealed().filter((hour) => hour.fromS < toS && hour.fromS + HOUR_S > fromS);
    const isLive = new Set(live.map((hour) => hour.fromS));

    let restFromS = fromS;
    if (isDays) {
      this.#addStored(key, grid.tier, fromS, toS, (dayFromS, widthS) => {
        restFromS = dayFromS + widthS;
        return spans.at(dayFromS, widthS);
      });
    }
    // What is of the days that have not ended is put together from hours.
    const tier = isDays ? HOUR_TIER : grid.tier;
    const dayOf = isDays ? localDays(zone) : null;
    const spanAt = (atS: number, widthS: number): Bucket | null => {
      if (atS < restFromS) return null;
      const day = dayOf?.(atS);
      return day ? spans.at(day.from, day.to - day.from) : spans.at(atS, widthS);
    };
    this.#addStored(key, tier, restFromS, toS, (atS, widthS) =>
      isLive.has(Math.floor(atS / HOUR_S) * HOUR_S) ? null : spanAt(atS, widthS),
    );
    for (const hour of live) {
      const samples = this.#journal.samplesOf(seriesName(key), hour.fromS, hour.fromS + HOUR_S);
      addSamples(samples, tier.widthS, toS, spanAt);
    }
    return spans.inOrder();
  }

  /** @param into the bucket that a stored one is added to, or null */
  #addStored(key: SeriesKey, tier: SampleTier, fromS: number, toS: number, into: SpanAt): void {
    if (tier.id === 'raw') {
      addSamples(this.#chunks.samplesOf(key, fromS, toS), tier.widthS, toS, into);
      return;
    }
    const rows = this.#statements.all<{ readonly widthS: number; readonly body: string }>(
      `SELECT width_s AS widthS, body FROM ${tier.table}
       WHERE metric = ? AND target = ? AND from_s > ? AND from_s < ? ORDER BY from_s`,
      [key.metric, key.target, fromS - ROW_SPAN_S[tier.id], toS],
    );
    for (const { widthS, body } of rows) {
      addPacked(body, (atS) => (atS >= fromS && atS < toS ? into(atS, widthS) : null));
    }
  }
}

type SpanAt = (fromS: number, widthS: number) => Bucket | null;

function addSamples(samples: readonly Sample[], widthS: number, toS: number, into: SpanAt): void {
  const wanted = samples.filter(({ atS }) => atS < toS);
  for (const bucket of bucketsOf(wanted, everySeconds(widthS))) {
    const span = into(bucket.fromS, widthS);
    if (span) mergeInto(span, bucket);
  }
}

/** Asking for a time zone is slow, and neighbours lie in the same day. */
function localDays(zone: string): (atS: number) => Range {
  let day = localDay(0, zone);
  return (atS) => {
    if (atS < day.from || atS >= day.to) day = localDay(atS, zone);
    return day;
  };
}
