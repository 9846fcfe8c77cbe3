// Counts what became of every row, by table and reason, with a few samples of each.
import type { ImportedTable, ImportFinding } from '../../shared/contract/imports';
import type { TableName } from '../../shared/contract/tables';

const KEPT_SAMPLES = 3;

class Findings {
  readonly #byReason = new Map<string, { count: number; samples: string[] }>();

  add(reason: string, sample: string): void {
    const known = this.#byReason.get(reason) ?? { count: 0, samples: [] };
    known.count += 1;
    if (known.samples.length < KEPT_SAMPLES) known.samples.push(sample);
    this.#byReason.set(reason, known);
  }

  /** Most frequent first. */
  list(): readonly ImportFinding[] {
    return [...this.#byReason]
      .map(([reason, found]) => ({ reason, ...found }))
      .toSorted((a, b) => b.count - a.count || a.reason.localeCompare(b.reason));
  }
}

export class TableTally {
  readonly #from: string;
  readonly #into: TableName | null;
  readonly #repaired = new Findings();
  readonly #rejected = new Findings();
  #read = 0;
  #accepted = 0;
  #duplicates = 0;

  constructor(from: string, into: TableName | null) {
    this.#from = from;
    this.#into = into;
  }

  accepted(row: string, repairs: ReadonlyMap<string, string>): void {
    this.#read += 1;
    this.#accepted += 1;
    for (const [reason, found] of repairs) this.#repaired.add(reason, `${row}: ${found}`);
  }

  duplicate(): void {
    this.#read += 1;
    this.#duplicates += 1;
  }

  rejected(row: string, reason: string, found: string): void {
    this.#read += 1;
    this.#rejected.add(reason, found === '' ? row : `${row}: ${found}`);
  }

  report(): ImportedTable {
    return {
      from: this.#from,
      into: this.#into,
      read: this.#read,
      accepted: this.#accepted,
      duplicates: this.#duplicates,
      repaired: this.#repaired.list(),
      rejected: this.#rejected.list(),
    };
  }
}
