// What the scenarios tell the program whose window is measured, and the lines with which both talk.

export interface WindowOrder {
  readonly root: string;
  readonly folder: string;
  readonly collectors: number;
  readonly samplesPerSecond: number;
  /** A market.db with pools. */
  readonly marketFile: string;
}

/** Under which name the order travels in the surroundings of the program. */
export const ORDER_VARIABLE = 'POOLWATCH_BENCH_WINDOW';

/** To the program: the data are there from now on. */
export const GO = 'go';

/** From the program, each followed by a figure: the page has asked and waits; wall time of the data; samples that had arrived. */
export const SAID = { waiting: 'page waits', data: 'data at', samples: 'samples so far' } as const;
