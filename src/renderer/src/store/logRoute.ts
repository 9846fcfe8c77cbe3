// What of the log is open, as the item of the Diagnostics page in the address.
import { navigate } from './route';

const LOG = 'log';
const RUN_PREFIX = 'run-';

/** Which part of the page an item of the route means, and of which run the log is shown; null: of all. */
export function readLogRoute(itemId: string | null): { readonly isLog: boolean; readonly runId: string | null } {
  const runId = itemId?.startsWith(RUN_PREFIX) ? itemId.slice(RUN_PREFIX.length) : null;
  return { isLog: itemId === LOG || runId !== null, runId };
}

export function openLog(runId: string | null = null): void {
  navigate('diagnostics', runId === null ? LOG : `${RUN_PREFIX}${runId}`);
}
