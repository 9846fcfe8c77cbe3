// Packs an hour of the journal and rolls it up, here because this is where the rows are; what it answers is written like any other
// batch. Everything is made anew from all samples of the hour, so that doing it twice, or again with late ticks, changes nothing else.
import { type Bucket, bucketsOf, everySeconds } from '../../../monitoring/series/bucket';
import { localDay } from '../../../monitoring/series/localDay';
import { packBuckets, unpackBuckets } from '../../../monitoring/series/packedBuckets';
import { packSamples, type Sample } from '../../../monitoring/series/packedSamples';
import type { ReadAnswer, ReadArgs } from '../../../../shared/contract/reads';
import type { SampleChunkRow, SampleRollupRow } from '../../../../shared/contract/rows/sampleRows';
import { packRows } from '../../../../shared/contract/tables';
import type { Range } from '../../../../shared/util/ranges';
import type { SqliteDatabase } from '../driver';
import { StatementCache } from '../reads/statementCache';
import { Chunks } from './chunks';
import { HOUR_S, type Journal, type SeriesKey, seriesKey } from './journal';

const DAY_S = 86_400;
/** Older days are left as they are: the samples that they were made of are about to go. */
const DAYS_WITH_SAMPLES = 13;

interface Rolled {
  readonly sample_chunks: SampleChunkRow[];
  readonly sample_minutes: SampleRollupRow[];
  readonly sample_ten_minutes: SampleRollupRow[];
  readonly sample_hours: SampleRollupRow[];
  readonly sample_days: SampleRollupRow[];
}

interface JournalHour {
  readonly fromS: number;
  readonly names: readonly string[];
  readonly samples: ReadonlyMap<string, readonly Sample[]>;
}

export class Sealer {
  readonly #statements: StatementCache;
  readonly #journal: Journal;
  readonly #chunks: Chunks;
  /** The hour in hand: it is asked for in parts. */
  #hour: JournalHour | null = null;

  constructor(db: SqliteDatabase, journal: Journal) {
    this.#statements = new StatementCache(db);
    this.#journal = journal;
    this.#chunks = new Chunks(this.#statements);
  }

  seal({ fromS, nowMs, zone, offset, limit }: ReadArgs<'samples.seal'>): ReadAnswer<'samples.seal'> {
    const { names, samples } = this.#read(fromS, offset === 0);
    const rolled: Rolled = {
      sample_chunks: [],
      sample_minutes: [],
      sample_ten_minutes: [],
      sample_hours: [],
      sample_days: [],
    };
    const days = endedDays(fromS, nowMs / 1_000, zone);
    for (const name of names.slice(offset, offset + limit)) {
      this.#sealSeries(rolled, seriesKey(name), fromS, samples.get(name) ?? [], days);
    }
    const isLast = offset + limit >= names.length;
    if (isLast) this.#hour = null;
    const parts = [
      packRows('sample_chunks', rolled.sample_chunks),
      packRows('sample_minutes', rolled.sample_minutes),
      packRows('sample_ten_minutes', rolled.sample_ten_minutes),
      packRows('sample_hours', rolled.sample_hours),
      packRows('sample_days', rolled.sample_days),
    ];
    return { parts: parts.filter(({ rows }) => rows.length > 0), isLast };
  }

  #read(fromS: number, afresh: boolean): JournalHour {
    if (!afresh && this.#hour?.fromS === fromS) return this.#hour;
    const samples = this.#journal.allSamples(fromS, fromS + HOUR_S);
    return (this.#hour = { fromS, samples, names: [...samples.keys()].sort() });
  }

  #sealSeries(
    rolled: Rolled,
    series: SeriesKey,
    fromS: number,
    fresh: readonly Sample[],
    days: readonly EndedDay[],
  ): void {
    const samples = united(this.#chunks.samplesOf(series, fromS, fromS + HOUR_S), fresh);
    rolled.sample_chunks.push({ ...series, fromS, body: packSamples(samples), samples: samples.length });
    const minutes = bucketsOf(samples, everySeconds(60));
    rolled.sample_minutes.push({ ...series, fromS, widthS: 60, body: packBuckets(minutes) });
    const dayFromS = Math.floor(fromS / DAY_S) * DAY_S;
    for (const [table, widthS] of [
      ['sample_ten_minutes', 600],
      ['sample_hours', HOUR_S],
    ] as const) {
      const others = this.#stored(table, series, dayFromS).filter((bucket) => !isWithin(bucket.fromS, fromS));
      const buckets = [...others, ...bucketsOf(samples, everySeconds(widthS))].sort((a, b) => a.fromS - b.fromS);
      rolled[table].push({ ...series, fromS: dayFromS, widthS, body: packBuckets(buckets) });
    }
    for (const { day, isTouched } of days) {
      if (!isTouched && this.#hasDay(series, day)) continue;
      const others = this.#chunks.samplesOf(series, day.from, day.to).filter(({ atS }) => !isWithin(atS, fromS));
      const ofDay = united(
        others,
        samples.filter(({ atS }) => atS >= day.from && atS < day.to),
      );
      if (ofDay.length === 0) continue;
      const body = packBuckets(bucketsOf(ofDay, () => day.from));
      rolled.sample_days.push({ ...series, fromS: day.from, widthS: day.to - day.from, body });
    }
  }

  #stored(
    table: 'sample_ten_minutes' | 'sample_hours',
    { metric, target }: SeriesKey,
    fromS: number,
  ): readonly Bucket[] {
    const stored = this.#statements.get<{ readonly body: string }>(
      `SELECT body FROM ${table} WHERE metric = ? AND target = ? AND from_s = ?`,
      [metric, target, fromS],
    );
    return stored ? unpackBuckets(stored.body) : [];
  }

  #hasDay({ metric, target }: SeriesKey, day: Range): boolean {
    const sql = 'SELECT 1 AS there FROM sample_days WHERE metric = ? AND target = ? AND from_s = ?';
    return this.#statements.get(sql, [metric, target, day.from]) !== undefined;
  }
}

/** In order of time; of the same second, the fresh one. */
function united(stored: readonly Sample[], fresh: readonly Sample[]): readonly Sample[] {
  if (stored.length === 0) return fresh;
  const bySecond = new Map([...stored, ...fresh].map((sample) => [sample.atS, sample]));
  return [...bySecond.values()].sort((a, b) => a.atS - b.atS);
}

function isWithin(atS: number, hourFromS: number): boolean {
  return atS >= hourFromS && atS < hourFromS + HOUR_S;
}

interface EndedDay {
  readonly day: Range;
  /** The hour lies in it, at least in part; otherwise it is only looked whether the day was made at all. */
  readonly isTouched: boolean;
}

/** The local days that an hour concerns. */
function endedDays(hourFromS: number, nowS: number, zone: string): readonly EndedDay[] {
  const last = localDay(hourFromS + HOUR_S - 1, zone);
  const first = localDay(hourFromS, zone);
  const before = localDay(first.from - 1, zone);
  return [before, first, ...(first.from === last.from ? [] : [last])]
    .filter(({ from, to }) => to <= nowS && from > nowS - DAYS_WITH_SAMPLES * DAY_S)
    .map((day) => ({ day, isTouched: day !== before }));
}
