// Entry of a program of its own for the guided outage: takes the write lock of a database as a careless script would, keeps it for a
// while, lets go. It changes nothing, so that ending it at any moment leaves nothing behind.
// Arguments: the database file, for how many milliseconds.
import { openConnection } from '../../storage/worker/driver';

const WAIT_FOR_LOCK_MS = 10_000;
/** Whatever it was told: by then somebody has forgotten it. */
const LONGEST_HOLD_MS = 60_000;

// What the system calls it, and so what people read.
process.title = 'demo-outage';

const [file = '', holdMs = ''] = process.argv.slice(2);
const database = openConnection(file, { readonly: false, waitMs: WAIT_FOR_LOCK_MS, mustExist: true });
database.exec('BEGIN IMMEDIATE');
setTimeout(letGo, Math.min(LONGEST_HOLD_MS, Number(holdMs)));
// Started by Node, the channel to the parent is what tells that it is gone; Electron ends such a program itself.
process.once('disconnect', letGo);

function letGo(): void {
  database.exec('ROLLBACK');
  database.close();
  process.exit(0);
}
