// The token of the door: made once, kept in a file that only its owner can read, compared in constant time.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

const TOKEN_BYTES = 32;
const TOKEN_TEXT = /^[A-Za-z0-9_-]{43,200}$/;
const OTHERS = 0o077;
const BEARER = /^Bearer +([^\s]+) *$/i;

/** The file holds nothing but the token, as `credentials_file` of Prometheus expects it. */
export function tokenPath(stateDir: string): string {
  return join(stateDir, 'doors.token');
}

/** The token of the profile. One that others could have read, or that is no token, is replaced. Throws when it cannot be kept. */
export function loadToken(stateDir: string): string {
  const path = tokenPath(stateDir);
  return readPrivate(path) ?? makeToken(path);
}

/** True for `Authorization: Bearer <token>`; takes as long for a token that is nearly right. */
export function isAuthorised(header: string | undefined, token: string): boolean {
  const given = BEARER.exec(header ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(given), digest(token));
}

function readPrivate(path: string): string | null {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch {
    return null;
  }
  try {
    const { mode, uid } = fstatSync(file);
    const isOurs = process.platform === 'win32' || ((mode & OTHERS) === 0 && uid === process.getuid?.());
    const text = readFileSync(file, 'utf8').trim();
    return isOurs && TOKEN_TEXT.test(text) ? text : null;
  } catch {
    return null;
  } finally {
    closeSync(file);
  }
}

function makeToken(path: string): string {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const temporary = `${path}.part`;
  rmSync(temporary, { force: true });
  // A file that is there already could be open elsewhere.
  const file = openSync(temporary, 'wx', 0o600);
  try {
    writeSync(file, `${token}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
  return token;
}

/** Of equal length whatever is compared, as the comparison demands. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
