// CSV (RFC 4180, UTF-8, optional byte order mark).
import type { SqlValue } from '../../shared/contract/sqlValue';
import { csvText, IsoTimes } from './cells';
import { OutputFile } from './outputFile';
import type { Sink, SinkColumn, SinkStart } from './sinks';

const END_OF_LINE = '\r\n';
const BYTE_ORDER_MARK = '\uFEFF';

type Encode = (value: SqlValue) => string;

export class CsvSink implements Sink {
  readonly #file: OutputFile;
  readonly #lead: readonly Encode[];
  readonly #cells: readonly Encode[];
  #prefix = '';

  constructor({ lead, columns, target, byteOrderMark }: SinkStart) {
    const times = new IsoTimes();
    this.#lead = lead.map((column) => encoder(column, times));
    this.#cells = columns.map((column) => encoder(column, times));
    this.#file = new OutputFile(target);
    const headings = [...lead, ...columns].map(({ heading }) => heading).join(',');
    this.#file.writeText(`${byteOrderMark ? BYTE_ORDER_MARK : ''}${headings}${END_OF_LINE}`);
  }

  beginGroup(lead: readonly SqlValue[]): void {
    this.#prefix = lead.map((value, index) => `${this.#lead[index]?.(value) ?? ''},`).join('');
  }

  row(values: readonly SqlValue[]): void {
    let line = this.#prefix;
    for (let index = 0; index < this.#cells.length; index += 1) {
      if (index > 0) line += ',';
      line += this.#cells[index]?.(values[index] ?? null) ?? '';
    }
    this.#file.writeText(line + END_OF_LINE);
  }

  finish(): { readonly files: number; readonly bytes: number } {
    this.#file.finish();
    return { files: 1, bytes: this.#file.bytes };
  }

  abandon(): void {
    this.#file.abandon();
  }
}

function encoder({ kind }: SinkColumn, times: IsoTimes): Encode {
  switch (kind) {
    case 'timeMs':
      return (value) => (value === null ? '' : times.format(Number(value)));
    case 'timeS':
      return (value) => (value === null ? '' : times.format(Number(value) * 1_000));
    case 'decimals':
      return joinedDecimals;
    case 'text':
    case 'integer':
    case 'number':
      return (value) => (value === null ? '' : typeof value === 'number' ? String(value) : csvText(value));
  }
}

const JOINED_DECIMALS = /^-?[\d.]+,-?[\d.]+,-?[\d.]+,-?[\d.]+,-?[\d.]+$/;

/** Five prices that SQLite joined. Whatever is no number there was not written by us and could shift the columns. */
export function joinedDecimals(value: SqlValue): string {
  if (typeof value === 'string' && JOINED_DECIMALS.test(value)) return value;
  throw new Error(`A stored candle holds something that is no price: ${String(value).slice(0, 80)}`);
}
