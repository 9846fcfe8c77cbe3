// A batch out of the spool or the wire whose rows are not made before they are needed.
import type { WriteBatch } from '../../shared/contract/storage';
import { unpackParts } from './common/packedRows';
import type { PackedEntry } from './common/rowsOnTheWire';

/** Its rows are made when they are asked for: those of all that waits at once would hold up everything else on the thread. */
export function unpackedLater({ id, packed }: PackedEntry): WriteBatch {
  return {
    id,
    get parts() {
      return unpackParts(packed);
    },
  };
}
