// Candles in the form that QLib reads: datetime, symbol, open, high, low, close, volume; naive UTC, oldest first. As a folder with
// one file per symbol and a summary, or as one file.
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SqlValue } from '../../shared/contract/sqlValue';
import { IsoTimes } from './cells';
import { joinedDecimals } from './csvSink';
import { OutputFile } from './outputFile';
import type { Sink, SinkStart } from './sinks';

const HEADINGS = 'datetime,symbol,open,high,low,close,volume\n';
const SUMMARY_FILE = 'export_summary.json';

/** Letters, digits and single underscores, case kept: addresses of some networks differ in nothing else. */
export function qlibSymbol(poolId: string): string {
  return poolId.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
}

/** "2026-01-02 03:04:00" */
function naiveTime(times: IsoTimes, startsAtS: SqlValue): string {
  return times
    .format(Number(startsAtS) * 1_000)
    .slice(0, 19)
    .replace('T', ' ');
}

export class QlibFileSink implements Sink {
  readonly #file: OutputFile;
  readonly #times = new IsoTimes();
  #symbol = '';

  constructor({ target }: SinkStart) {
    this.#file = new OutputFile(target);
    this.#file.writeText(HEADINGS);
  }

  beginGroup([poolId]: readonly SqlValue[]): void {
    this.#symbol = qlibSymbol(String(poolId));
  }

  row([startsAtS, prices]: readonly SqlValue[]): void {
    const time = naiveTime(this.#times, startsAtS ?? null);
    this.#file.writeText(`${time},${this.#symbol},${joinedDecimals(prices ?? null)}\n`);
  }

  finish(): { readonly files: number; readonly bytes: number } {
    this.#file.finish();
    return { files: 1, bytes: this.#file.bytes };
  }

  abandon(): void {
    this.#file.abandon();
  }
}

export class QlibFolderSink implements Sink {
  readonly #start: SinkStart;
  readonly #partial: string;
  readonly #times = new IsoTimes();
  /** Lower-cased: some disks take names that differ in case for one. */
  readonly #usedNames = new Set<string>();
  #current: { readonly file: OutputFile; readonly symbol: string } | null = null;
  #poolId = '';
  #rows = 0;
  #bytes = 0;
  #firstS = Number.POSITIVE_INFINITY;
  #lastS = Number.NEGATIVE_INFINITY;

  /** @throws when there is a folder with something in it already */
  constructor(start: SinkStart) {
    this.#start = start;
    if (existsSync(start.target) && readdirSync(start.target).length > 0)
      throw new Error(`The folder ${start.target} is not empty.`);
    this.#partial = `${start.target}.part`;
    rmSync(this.#partial, { recursive: true, force: true });
    mkdirSync(this.#partial);
  }

  /** A symbol without candles in the range gets no file. */
  beginGroup([poolId]: readonly SqlValue[]): void {
    this.#finishFile();
    this.#poolId = String(poolId);
  }

  row([startsAtS, prices]: readonly SqlValue[]): void {
    const { file, symbol } = (this.#current ??= this.#nextFile());
    file.writeText(`${naiveTime(this.#times, startsAtS ?? null)},${symbol},${joinedDecimals(prices ?? null)}\n`);
    this.#rows += 1;
    this.#firstS = Math.min(this.#firstS, Number(startsAtS));
    this.#lastS = Math.max(this.#lastS, Number(startsAtS));
  }

  finish(): { readonly files: number; readonly bytes: number } {
    this.#finishFile();
    const summary = new OutputFile(join(this.#partial, SUMMARY_FILE));
    summary.writeText(`${JSON.stringify(this.#summary(), null, 2)}\n`);
    summary.finish();
    if (existsSync(this.#start.target)) rmdirSync(this.#start.target);
    renameSync(this.#partial, this.#start.target);
    return { files: this.#usedNames.size + 1, bytes: this.#bytes + summary.bytes };
  }

  abandon(): void {
    this.#current?.file.abandon();
    rmSync(this.#partial, { recursive: true, force: true });
  }

  #nextFile(): { readonly file: OutputFile; readonly symbol: string } {
    const symbol = qlibSymbol(this.#poolId);
    let name = symbol;
    for (let number = 2; this.#usedNames.has(name.toLowerCase()); number += 1) name = `${symbol}__${number}`;
    this.#usedNames.add(name.toLowerCase());
    const file = new OutputFile(join(this.#partial, `${name}.csv`));
    file.writeText(HEADINGS);
    return { file, symbol };
  }

  #finishFile(): void {
    this.#current?.file.finish();
    this.#bytes += this.#current?.file.bytes ?? 0;
    this.#current = null;
  }

  #summary(): object {
    const range = this.#rows > 0 ? { start: isoSecond(this.#firstS), end: isoSecond(this.#lastS) } : null;
    return {
      export_date: new Date().toISOString(),
      timezone: 'UTC',
      symbols_exported: this.#usedNames.size,
      date_range: range,
      files_created: this.#usedNames.size,
      total_records: this.#rows,
    };
  }
}

function isoSecond(timeS: number): string {
  return new Date(timeS * 1_000).toISOString();
}
