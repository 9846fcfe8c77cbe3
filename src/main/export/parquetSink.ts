// Parquet: decimals as text (no Parquet decimal holds 70 digits), times as UTC timestamps. Rows are gathered into row groups,
// so memory stays the same however long the table is.
import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import type { SqlValue } from '../../shared/contract/sqlValue';
import { OutputFile } from './outputFile';
import type { Sink, SinkColumn, SinkStart } from './sinks';

const ROWS_PER_GROUP = 20_000;

type Cell = string | number | bigint | Date | null;

export class ParquetSink implements Sink {
  readonly #file: OutputFile;
  readonly #bytes = new ByteWriter();
  readonly #writer: ParquetWriter;
  readonly #columns: readonly SinkColumn[];
  readonly #data: Cell[][];
  #lead: readonly SqlValue[] = [];
  #gathered = 0;

  constructor({ lead, columns, target }: SinkStart) {
    this.#columns = [...lead, ...columns];
    this.#data = this.#columns.map(() => []);
    this.#file = new OutputFile(target);
    const columnData = this.#columns.map(({ heading, kind }) => ({ name: heading, data: [], type: typeOf(kind) }));
    this.#writer = new ParquetWriter({ writer: this.#bytes, schema: schemaFromColumnData({ columnData }) });
  }

  beginGroup(lead: readonly SqlValue[]): void {
    this.#lead = lead;
  }

  row(values: readonly SqlValue[]): void {
    this.#columns.forEach(({ kind }, index) => {
      const value = (index < this.#lead.length ? this.#lead[index] : values[index - this.#lead.length]) ?? null;
      this.#data[index]?.push(cell(kind, value));
    });
    this.#gathered += 1;
    if (this.#gathered >= ROWS_PER_GROUP) this.#writeGroup();
  }

  finish(): { readonly files: number; readonly bytes: number } {
    if (this.#gathered > 0) this.#writeGroup();
    void this.#writer.finish();
    this.#flush();
    this.#file.finish();
    return { files: 1, bytes: this.#file.bytes };
  }

  abandon(): void {
    this.#file.abandon();
  }

  #writeGroup(): void {
    const columnData = this.#columns.map(({ heading }, index) => ({ name: heading, data: this.#data[index] ?? [] }));
    void this.#writer.write({ columnData, rowGroupSize: ROWS_PER_GROUP });
    this.#flush();
    for (const column of this.#data) column.length = 0;
    this.#gathered = 0;
  }

  /** The library keeps counting offsets; its buffer starts over. */
  #flush(): void {
    this.#file.writeBytes(this.#bytes.getBytes());
    this.#bytes.index = 0;
  }
}

function typeOf(kind: SinkColumn['kind']): 'STRING' | 'INT64' | 'DOUBLE' | 'TIMESTAMP' {
  if (kind === 'integer') return 'INT64';
  if (kind === 'number') return 'DOUBLE';
  return kind === 'timeMs' || kind === 'timeS' ? 'TIMESTAMP' : 'STRING';
}

function cell(kind: SinkColumn['kind'], value: SqlValue): Cell {
  if (value === null) return null;
  if (kind === 'integer') return BigInt(value);
  if (kind === 'timeMs') return new Date(Number(value));
  if (kind === 'timeS') return new Date(Number(value) * 1_000);
  return value;
}
