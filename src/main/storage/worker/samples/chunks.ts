// Hours of series as they were measured, packed. Reads only.
import { type Sample, unpackSamples } from '../../../monitoring/series/packedSamples';
import type { StatementCache } from '../reads/statementCache';
import { HOUR_S, type SeriesKey } from './journal';

export class Chunks {
  readonly #statements: StatementCache;

  constructor(statements: StatementCache) {
    this.#statements = statements;
  }

  /** In order of time. Chunks lie by the hour, so each hour is looked up by itself. */
  samplesOf({ metric, target }: SeriesKey, fromS: number, toS: number): readonly Sample[] {
    const hours: number[] = [];
    for (let hourS = Math.floor(fromS / HOUR_S) * HOUR_S; hourS < toS; hourS += HOUR_S) hours.push(hourS);
    return this.#statements
      .all<{ readonly body: string }>(
        `SELECT c.body FROM json_each(?) h JOIN sample_chunks c
           ON c.from_s = h.value AND c.metric = ? AND c.target = ? ORDER BY c.from_s`,
        [JSON.stringify(hours), metric, target],
      )
      .flatMap(({ body }) => unpackSamples(body))
      .filter(({ atS }) => atS >= fromS && atS < toS);
  }
}
