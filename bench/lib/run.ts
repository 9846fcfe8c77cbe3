// What a scenario is given and what it gives back.

export interface BenchRun {
  readonly scenario: string;
  readonly variant: string;
  readonly round: number;
  readonly quick: boolean;
  /** An empty folder on a real file system. */
  readonly folder: string;
  /** The same folder for every round of a bench: what takes long to make is made once. */
  readonly shared: string;
  readonly root: string;
  /** A Python that has SQLAlchemy, or null. */
  readonly python: string | null;
  /** Electron, for scenarios that open windows; null for the others. */
  readonly electron: string | null;
  /** The built main process whose window is measured. */
  readonly window: string;
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
