// What a scenario is given and what it gives back.

export interface BenchRun {
  readonly scenario: string;
  readonly variant: string;
  readonly round: number;
  readonly quick: boolean;
  /** An empty folder on a real file system. */
  readonly folder: string;
  readonly root: string;
  /** A Python that has SQLAlchemy, or null. */
  readonly python: string | null;
}

export interface Gate {
  readonly figure: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

export interface BenchResult {
  readonly figures: Readonly<Record<string, number>>;
  readonly gates: readonly Gate[];
  /** What deserves a line of its own among the results. */
  readonly lines?: readonly object[];
}
