// Looks into a packed app without running it: where its program is, what its archive holds, which fuses are set.
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readFuses } from '../../scripts/lib/fallback/fuses.mjs';

const EXECUTABLES: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux-unpacked/poolwatch',
  win32: 'win-unpacked/Poolwatch.exe',
  darwin: 'mac/Poolwatch.app/Contents/MacOS/Poolwatch',
};

/** The packed program of this system. */
export function packagedExecutable(): string {
  return join(resolve(import.meta.dirname, '..', '..'), 'dist', EXECUTABLES[process.platform] ?? '');
}

export interface ArchivedFile {
  readonly path: string;
  /** Lies beside the archive, as a file of its own. */
  readonly unpacked: boolean;
}

interface ArchiveNode {
  readonly files?: Readonly<Record<string, ArchiveNode>>;
  readonly unpacked?: boolean;
}

/** Three lengths, then the length of the JSON index, then the index. */
const INDEX_LENGTH_AT = 12;
const INDEX_AT = 16;

/** What `app.asar` lists. */
export function archivedFiles(archive: string): readonly ArchivedFile[] {
  const handle = openSync(archive, 'r');
  try {
    const head = Buffer.alloc(INDEX_AT);
    readSync(handle, head, 0, INDEX_AT, 0);
    const index = Buffer.alloc(head.readUInt32LE(INDEX_LENGTH_AT));
    readSync(handle, index, 0, index.length, INDEX_AT);
    return filesBelow('', JSON.parse(index.toString('utf8')) as ArchiveNode);
  } finally {
    closeSync(handle);
  }
}

function filesBelow(path: string, node: ArchiveNode): readonly ArchivedFile[] {
  if (!node.files) return [{ path, unpacked: node.unpacked === true }];
  return Object.entries(node.files).flatMap(([name, below]) => filesBelow(path ? `${path}/${name}` : name, below));
}

export type FuseStates = ReturnType<typeof readFuses>;

export function fusesOf(executable: string): FuseStates {
  return readFuses(readFileSync(executable));
}

/** What docs/security.md promises of a release. */
export const RELEASE_FUSES: FuseStates = {
  runAsNode: false,
  cookieEncryption: false,
  nodeOptions: false,
  nodeCliInspect: false,
  asarIntegrity: true,
  onlyLoadAppFromAsar: true,
  browserProcessSnapshot: false,
  fileProtocolPrivileges: false,
};
