// Which files the log consists of. Each process that writes has a folder of its own, and rotates its files by number; a file never
// gets another name, so a place in one stays what it is.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

export const LOG_NAME = 'poolwatch';
export const LOG_EXTENSION = '.log';

const FILE_PATTERN = /^poolwatch\.(\d{1,9})\.log$/;
/** What may stand in a place of the log: see logPlace.ts. */
const STREAM_PATTERN = /^[\w-]{1,80}$/;
/** The stream of the folder itself. */
const MAIN = 'main';

export interface LogFile {
  readonly number: number;
  readonly path: string;
}

/** What one process after the other wrote into one folder. */
export interface LogStream {
  readonly name: string;
  /** Oldest first; at least one. */
  readonly files: readonly LogFile[];
}

/** The window writes into `folder`, what runs without one into folders inside; a folder that does not exist has none. */
export async function listLogStreams(folder: string): Promise<readonly LogStream[]> {
  const inside = (await entriesOf(folder)).filter((entry) => entry.isDirectory() && STREAM_PATTERN.test(entry.name));
  const places = [
    { name: MAIN, folder },
    ...inside
      .map(({ name }) => name)
      .filter((name) => name !== MAIN)
      .map((name) => ({ name, folder: join(folder, name) })),
  ];
  const streams = await Promise.all(
    places.map(async (place) => ({ name: place.name, files: await filesOf(place.folder) })),
  );
  return streams.filter(({ files }) => files.length > 0);
}

/** The file that the next line goes into; null before the first. */
export async function newestLogFile(folder: string): Promise<string | null> {
  return (await filesOf(folder)).at(-1)?.path ?? null;
}

async function filesOf(folder: string): Promise<readonly LogFile[]> {
  return (await entriesOf(folder))
    .flatMap(({ name }) => {
      const number = FILE_PATTERN.exec(name)?.[1];
      return number === undefined ? [] : [{ number: Number(number), path: join(folder, name) }];
    })
    .sort((a, b) => a.number - b.number);
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
