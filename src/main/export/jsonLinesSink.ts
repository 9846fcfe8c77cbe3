// JSON lines: one object per row. Decimals stay strings, times are ISO 8601 UTC, blanks are null.
import type { SqlValue } from '../../shared/contract/sqlValue';
import { IsoTimes } from './cells';
import { OutputFile } from './outputFile';
import type { Sink, SinkColumn, SinkStart } from './sinks';

export class JsonLinesSink implements Sink {
  readonly #file: OutputFile;
  readonly #times = new IsoTimes();
  readonly #lead: readonly SinkColumn[];
  readonly #columns: readonly SinkColumn[];
  #prefix = '';

  constructor({ lead, columns, target }: SinkStart) {
    this.#lead = lead;
    this.#columns = columns;
    this.#file = new OutputFile(target);
  }

  beginGroup(lead: readonly SqlValue[]): void {
    this.#prefix = this.#members(this.#lead, lead);
  }

  row(values: readonly SqlValue[]): void {
    const members = this.#members(this.#columns, values);
    this.#file.writeText(`{${this.#prefix === '' ? members : `${this.#prefix},${members}`}}\n`);
  }

  finish(): { readonly files: number; readonly bytes: number } {
    this.#file.finish();
    return { files: 1, bytes: this.#file.bytes };
  }

  abandon(): void {
    this.#file.abandon();
  }

  #members(columns: readonly SinkColumn[], values: readonly SqlValue[]): string {
    return columns
      .map(({ heading, kind }, index) => `"${heading}":${this.#json(kind, values[index] ?? null)}`)
      .join(',');
  }

  #json(kind: SinkColumn['kind'], value: SqlValue): string {
    if (value === null) return 'null';
    if (kind === 'timeMs') return `"${this.#times.format(Number(value))}"`;
    if (kind === 'timeS') return `"${this.#times.format(Number(value) * 1_000)}"`;
    return JSON.stringify(value);
  }
}
