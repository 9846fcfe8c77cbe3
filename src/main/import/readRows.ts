// From a foreign source to rows of ours: a first pass over everything for evidence, a second that maps, repairs, counts and
// hands on. Knows nothing of files, threads or the database.
import { createHash } from 'node:crypto';
import type { ImportArgs, ImportReport } from '../../shared/contract/imports';
import type { WriteBatch } from '../../shared/contract/storage';
import { packRows, type TableName } from '../../shared/contract/tables';
import { Cells, isBlank, Rejection, type SourceRecord } from './cells';
import { type Evidence, EvidenceCollector, type TokenPair } from './evidence';
import type { ImportSource, SourceRow } from './sources/source';
import { MAPPERS, recogniseTable, type SourceTable, type TableMapper } from './tables/recognise';
import { TableTally } from './tally';

const ROWS_PER_BATCH = 500;

export interface ReadOptions {
  readonly args: ImportArgs;
  readonly storedPairs: ReadonlyMap<string, TokenPair>;
  /** Ids on the watchlist, active or not: what a person entered there is never touched. */
  readonly watchedIds: ReadonlySet<string>;
  readonly nowMs: number;
  /** Called now and then; may wait, and throws when the import is called off. */
  onProgress(done: number, total: number | null): Promise<void>;
  /** Called with every batch, not always awaited to its end: resolves when the next one may come. Null only looks. */
  readonly store: ((batch: WriteBatch) => Promise<void>) | null;
}

const PROGRESS_EVERY_ROWS = 500;
const UNKNOWN_TABLE = 'Poolwatch does not know this table';
const OWN_RECORDS = 'Poolwatch keeps its own record of its work';

export async function readRows(source: ImportSource, options: ReadOptions): Promise<ImportReport> {
  const evidence = await gather(source, options);
  const run = new MappingRun(source.fingerprint, evidence, options);
  for await (const row of source.rows()) await run.take(row);
  await run.flush();
  return { tables: run.report(), notes: [...new Set([...source.notes(), ...evidence.notes])] };
}

async function gather(source: ImportSource, { args, onProgress }: ReadOptions): Promise<Evidence> {
  const collector = new EvidenceCollector();
  const names = new TableNames();
  let done = 0;
  for await (const { from, cells } of source.rows()) {
    if (cells.kind === 'record') collector.take(names.of(from, cells.record) ?? '', cells.record);
    done += 1;
    if (done % PROGRESS_EVERY_ROWS === 0) await onProgress(done, null);
  }
  return collector.result(args);
}

/** Rows of one file or table all have the same columns: asked once. */
class TableNames {
  readonly #known = new Map<string, SourceTable | null>();

  of(from: string, record: SourceRecord): SourceTable | null {
    const known = this.#known.get(from);
    if (known !== undefined) return known;
    const table = recogniseTable(Object.keys(record));
    this.#known.set(from, table);
    return table;
  }
}

class MappingRun {
  readonly #fingerprint: string;
  readonly #options: ReadOptions;
  readonly #evidence: Evidence;
  readonly #names = new TableNames();
  readonly #tallies = new Map<string, TableTally>();
  readonly #seen = new Set<string>();
  #parts = new Map<TableName, object[]>();
  #gathered = 0;
  #done = 0;
  #batches = 0;

  constructor(fingerprint: string, evidence: Evidence, options: ReadOptions) {
    this.#fingerprint = fingerprint;
    this.#evidence = evidence;
    this.#options = options;
    for (const id of options.watchedIds) this.#seen.add(digestOf('watchlist', [id]));
  }

  async take({ from, position, cells }: SourceRow): Promise<void> {
    const where = `row ${position}`;
    if (cells.kind === 'unreadable') this.#tally(from, null).rejected(where, cells.reason, cells.found);
    else this.#map(from, where, cells.record);
    this.#done += 1;
    if (this.#gathered >= ROWS_PER_BATCH) await this.flush();
    if (this.#done % PROGRESS_EVERY_ROWS === 0) await this.#options.onProgress(this.#done, this.#evidence.rows);
  }

  async flush(): Promise<void> {
    if (this.#gathered === 0) return;
    const parts = [...this.#parts].map(([table, rows]) => packRows(table, rows as never));
    this.#parts = new Map();
    this.#gathered = 0;
    this.#batches += 1;
    // What is in it is part of its name: with other options, other rows come from the same place of the same source.
    const content = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
    await this.#options.store?.({ id: `import:${this.#fingerprint}:${this.#batches}:${content}`, parts });
  }

  report(): ImportReport['tables'] {
    return [...this.#tallies.values()].map((tally) => tally.report());
  }

  #map(from: string, where: string, record: SourceRecord): void {
    const table = this.#names.of(from, record);
    const mapper = table && MAPPERS[table];
    const tally = this.#tally(from, mapper?.into ?? null);
    if (isBlank(record)) return tally.rejected(where, 'a blank row', '');
    if (table === null) return tally.rejected(where, UNKNOWN_TABLE, Object.keys(record).slice(0, 5).join(', '));
    if (!mapper) return tally.rejected(where, OWN_RECORDS, '');
    const cells = new Cells(record, this.#options.nowMs);
    try {
      const { storedPairs, nowMs } = this.#options;
      const row = mapper.map(cells, { evidence: this.#evidence, storedPairs, nowMs });
      if (this.#isKnown(mapper, row)) return tally.duplicate();
      const part = this.#parts.get(mapper.into) ?? [];
      if (part.length === 0) this.#parts.set(mapper.into, part);
      part.push(row);
      this.#gathered += 1;
      tally.accepted(where, cells.repairs);
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      tally.rejected(where, error.reason, error.detail);
    }
  }

  /** A digest of the key instead of the key: a source of millions of rows must fit. */
  #isKnown({ into, key }: TableMapper, row: object): boolean {
    const values = key.map((name) => (row as Readonly<Record<string, unknown>>)[name]);
    const digest = digestOf(into, values);
    if (this.#seen.has(digest)) return true;
    this.#seen.add(digest);
    return false;
  }

  #tally(from: string, into: TableName | null): TableTally {
    const known = this.#tallies.get(from);
    if (known) return known;
    const tally = new TableTally(from, into);
    this.#tallies.set(from, tally);
    return tally;
  }
}

function digestOf(table: TableName, key: readonly unknown[]): string {
  return createHash('md5')
    .update(`${table}\0${key.join('\0')}`)
    .digest('base64');
}
