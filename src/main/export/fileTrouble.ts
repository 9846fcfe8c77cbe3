// Why a file could not be written, for a person; the system's own words stay out where a plainer sentence exists.
import { dirname } from 'node:path';

/** One sentence about any error that came up while `target` was written. */
export function fileTrouble(error: unknown, target: string): string {
  if (!(error instanceof Error)) return String(error);
  switch ('code' in error ? error.code : null) {
    case 'ENOENT':
    case 'ENOTDIR':
      return `There is no folder ${dirname(target)}.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `Poolwatch may not write to ${dirname(target)}.`;
    case 'EISDIR':
      return `${target} is a folder.`;
    case 'ENOSPC':
    case 'EDQUOT':
      return `The disk that holds ${dirname(target)} is full.`;
    default:
      return error.message;
  }
}
