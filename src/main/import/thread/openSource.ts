// Makes one source of whatever lies at a path. A foreign database is copied first, with its log: the original is only read, and
// whoever has it open is not disturbed.
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { csvRows } from '../sources/csvRows';
import { fingerprintOf, findFiles, type FoundFile } from '../sources/files';
import { jsonRows } from '../sources/jsonRows';
import { type ImportSource, SourceRefusal, type SourceRow } from '../sources/source';
import { inspectText, type TextFile, textOf } from '../sources/textFile';
import { openForeign } from '../../storage/worker/foreignDatabase';

const BESIDE_A_DATABASE = ['-wal', '-journal'] as const;

export interface OpenedSource extends ImportSource {
  close(): Promise<void>;
}

/**
 * @param folder for copies of databases; whatever a killed import left there is removed
 * @throws SourceRefusal with a sentence for a person
 */
export async function openSource(path: string, folder: string): Promise<OpenedSource> {
  const files = await findFiles(path);
  const close = (): Promise<void> => rm(folder, { recursive: true, force: true });
  await close();
  try {
    const notes = new Set<string>();
    const note = (sentence: string): void => void notes.add(sentence);
    const readable: { readonly file: FoundFile; readonly from: string | TextFile }[] = [];
    const hashed: string[] = [];
    for (const [index, file] of files.entries()) {
      const from =
        file.kind === 'sqlite' ? await copyDatabase(file.path, folder, index, hashed) : await inspectText(file.path);
      if (typeof from !== 'string') {
        hashed.push(file.path);
        if (from.encoding !== 'utf-8') note(`${file.name} is written in ${from.encoding}.`);
      }
      readable.push({ file, from });
    }
    return {
      fingerprint: await fingerprintOf(hashed),
      notes: () => [...notes],
      close,
      async *rows() {
        for (const { file, from } of readable) {
          if (typeof from === 'string') yield* databaseRows(file.name, from, note);
          else if (file.kind === 'csv') yield* csvRows(file.name, textOf(from), note);
          else yield* jsonRows(file.name, textOf(from), file.kind === 'json_lines', note);
        }
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function copyDatabase(path: string, folder: string, index: number, hashed: string[]): Promise<string> {
  const copy = join(folder, `${index}.db`);
  await mkdir(folder, { recursive: true });
  await copyFile(path, copy);
  hashed.push(path);
  for (const suffix of BESIDE_A_DATABASE) {
    const isThere = await copyFile(path + suffix, copy + suffix).then(
      () => true,
      () => false,
    );
    if (isThere) hashed.push(path + suffix);
  }
  return copy;
}

async function* databaseRows(name: string, copy: string, note: (sentence: string) => void): AsyncGenerator<SourceRow> {
  const positions = new Map<string, number>();
  try {
    const db = openForeign(copy);
    try {
      for (const { table, record } of db.rows()) {
        const position = (positions.get(table) ?? 0) + 1;
        positions.set(table, position);
        yield { from: table, position, cells: { kind: 'record', record } };
      }
    } finally {
      db.close();
    }
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (typeof code !== 'string' || !code.startsWith('SQLITE_')) throw error;
    if (positions.size === 0) throw new SourceRefusal(`${name} cannot be read: ${(error as Error).message}.`);
    note(`${name} is damaged and cannot be read to its end: ${(error as Error).message}. What came before counts.`);
  }
}
