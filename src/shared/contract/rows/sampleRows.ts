// Measured series from ten seconds to days, and captured times, as rows of monitor.db.

/** Which series the values of a tick are of, in their order: `names` is a JSON array of `<metric> <kind>/<id>`. */
export interface SampleLayoutRow {
  readonly id: string;
  readonly names: string;
}

/** One sample of every series, as a JSON array of numbers and nulls. What has come since the last hour that was sealed. */
export interface SampleTickRow {
  readonly fromS: number;
  readonly layout: string;
  readonly body: string;
}

/** An hour that was packed and rolled up, with the number of ticks that went into it. */
export interface SampleSealRow {
  readonly fromS: number;
  readonly ticks: number;
}

/** An hour of one series as it was measured; `target` is `<kind>/<id>`. */
export interface SampleChunkRow {
  readonly metric: string;
  readonly target: string;
  readonly fromS: number;
  readonly body: string;
  readonly samples: number;
}

/** Some buckets of one series, each `widthS` wide: those of minutes for an hour, longer ones for a day. */
export interface SampleRollupRow {
  readonly metric: string;
  readonly target: string;
  readonly fromS: number;
  readonly widthS: number;
  readonly body: string;
}

/** The figures of a time that a person wants to compare later ones with, as JSON. */
export interface BaselineRow {
  readonly id: string;
  readonly atMs: number;
  readonly body: string;
}
