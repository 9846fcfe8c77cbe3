// The journal of ticks: one row for a sample of every series, in the order that its layout names. Reads only.
import type { Sample } from '../../../monitoring/series/packedSamples';
import type { SampleHour } from '../../../../shared/contract/reads';
import type { SqliteDatabase } from '../driver';
import { StatementCache } from '../reads/statementCache';

export const HOUR_S = 3_600;
/** Layouts differ when a target comes or goes; old ones are soon not asked for any more. */
const REMEMBERED_LAYOUTS = 50;

type Layout = ReadonlyMap<string, number>;

interface Tick {
  readonly fromS: number;
  readonly layout: string;
  readonly body: string;
}

/** The columns by which a series is stored. */
export interface SeriesKey {
  readonly metric: string;
  readonly target: string;
}

/** How layouts name a series. */
export function seriesName({ metric, target }: SeriesKey): string {
  return `${metric} ${target}`;
}

export function seriesKey(name: string): SeriesKey {
  const end = name.indexOf(' ');
  return { metric: name.slice(0, end), target: name.slice(end + 1) };
}

export class Journal {
  readonly #statements: StatementCache;
  readonly #layouts = new Map<string, Layout>();

  constructor(db: SqliteDatabase) {
    this.#statements = new StatementCache(db);
  }

  /** Hours of which more ticks are here than were sealed, oldest first. */
  unsealed(): readonly SampleHour[] {
    return this.#statements.all<SampleHour>(
      `SELECT h.fromS, h.ticks FROM
         (SELECT from_s / ${HOUR_S} * ${HOUR_S} AS fromS, count(*) AS ticks FROM sample_ticks GROUP BY 1) h
       LEFT JOIN sample_seals s ON s.from_s = h.fromS WHERE h.ticks > ifnull(s.ticks, 0) ORDER BY h.fromS`,
      [],
    );
  }

  /** Samples of one series in order of time. */
  samplesOf(name: string, fromS: number, toS: number): readonly Sample[] {
    const samples: Sample[] = [];
    for (const { fromS: atS, layout, body } of this.#ticks(fromS, toS)) {
      const index = this.#layout(layout).get(name);
      const value = index === undefined ? null : (valuesOf(body)[index] ?? null);
      if (value !== null) samples.push({ atS, value });
    }
    return samples;
  }

  /** Samples of all series, by name. */
  allSamples(fromS: number, toS: number): ReadonlyMap<string, readonly Sample[]> {
    const samples = new Map<string, Sample[]>();
    for (const { fromS: atS, layout, body } of this.#ticks(fromS, toS)) {
      const values = valuesOf(body);
      for (const [name, index] of this.#layout(layout)) {
        const value = values[index] ?? null;
        if (value === null) continue;
        const known = samples.get(name);
        if (known) known.push({ atS, value });
        else samples.set(name, [{ atS, value }]);
      }
    }
    return samples;
  }

  #ticks(fromS: number, toS: number): readonly Tick[] {
    return this.#statements.all<Tick>(
      `SELECT from_s AS fromS, layout, body FROM sample_ticks WHERE from_s >= ? AND from_s < ? ORDER BY from_s`,
      [fromS, toS],
    );
  }

  /** Empty for one that is not stored: its ticks say nothing until it is. */
  #layout(id: string): Layout {
    const known = this.#layouts.get(id);
    if (known) return known;
    const stored = this.#statements.get<{ readonly names: string }>('SELECT names FROM sample_layouts WHERE id = ?', [
      id,
    ]);
    if (!stored) return new Map();
    const names = JSON.parse(stored.names) as readonly string[];
    const layout = new Map(names.map((name, index) => [name, index]));
    if (this.#layouts.size >= REMEMBERED_LAYOUTS) this.#layouts.clear();
    this.#layouts.set(id, layout);
    return layout;
  }
}

function valuesOf(body: string): readonly (number | null)[] {
  return JSON.parse(body) as readonly (number | null)[];
}
