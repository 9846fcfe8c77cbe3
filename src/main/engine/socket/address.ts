// Where the local socket of a profile is. Whoever listens writes the place into the profile's state folder, so that whoever asks
// need not guess: the usual place can be too long for a socket, or in a folder that cannot be made private.
import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { readJsonFile, writeJsonFile } from '../../settings/jsonFile';

/** Linux takes 107 bytes, macOS 103. */
const MAX_PATH_BYTES = 103;
const PRIVATE_DIR = 0o700;
const OTHERS = 0o077;
const RECORD_FILE = 'socket.json';

const recordSchema = z.object({ protocol: z.number(), pid: z.int().positive(), path: z.string().min(1) });
export type SocketRecord = z.infer<typeof recordSchema>;

/** The places to try, best first; none when no folder can be made private. Creates the folders. */
export function socketPlaces(stateDir: string): readonly string[] {
  // A pipe has no folder to protect it; its name is only in the record, which only its owner can read.
  if (process.platform === 'win32') return [`\\\\.\\pipe\\poolwatch-${randomUUID()}`];
  const places: string[] = [];
  if (makePrivate(stateDir)) places.push(join(stateDir, 'poolwatch.sock'));
  const runtimeDir = join(runtimeRoot(), `poolwatch-${process.getuid?.() ?? 0}`);
  if (makePrivate(runtimeDir)) places.push(join(runtimeDir, `${fingerprint(realpathSync(stateDir))}.sock`));
  return places.filter((place) => Buffer.byteLength(place) <= MAX_PATH_BYTES);
}

/** Null when nobody listens, or nobody that can be understood. */
export function readSocketRecord(stateDir: string): SocketRecord | null {
  try {
    return readJsonFile(join(stateDir, RECORD_FILE), (content) => recordSchema.parse(content), null).value;
  } catch {
    return null;
  }
}

export function writeSocketRecord(stateDir: string, record: SocketRecord): void {
  writeJsonFile(join(stateDir, RECORD_FILE), record);
}

export function removeSocketRecord(stateDir: string): void {
  // In this order: an earlier version that is alone counts.
  rmSync(join(stateDir, `${RECORD_FILE}.previous`), { force: true });
  rmSync(join(stateDir, RECORD_FILE), { force: true });
}

function runtimeRoot(): string {
  const given = process.env['XDG_RUNTIME_DIR'];
  return given !== undefined && isAbsolute(given) ? given : tmpdir();
}

/** True when `dir` is a folder of ours that nobody else can enter. */
function makePrivate(dir: string): boolean {
  try {
    mkdirSync(dir, { recursive: true, mode: PRIVATE_DIR });
    const found = lstatSync(dir);
    // In a folder for everybody, somebody else may have been here first, with a link to a place of theirs.
    if (!found.isDirectory() || found.uid !== process.getuid?.()) return false;
    if ((found.mode & OTHERS) !== 0) chmodSync(dir, PRIVATE_DIR);
    return (lstatSync(dir).mode & OTHERS) === 0;
  } catch {
    return false;
  }
}

function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
