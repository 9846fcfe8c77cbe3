// Reads a table of a damaged file through SQLite: from the front until it breaks, from the back until it breaks, and then from
// the middle of what is left between, again and again. What lies on the broken pages themselves stays for the page scan.
import type { SqlValue } from '../../../../shared/contract/sqlValue';
import type { SqliteDatabase } from '../driver';
import type { WalkPlan } from './walkPlan';

const ROWS_PER_CHUNK = 500;
/** How often the middle of a gap is tried before the page scan takes over. */
const MAX_PROBES = 400;

type Row = readonly SqlValue[];
type Key = readonly SqlValue[];

/** Keys between which nothing has been read yet; null: no limit on that side. */
interface Gap {
  readonly low: Key | null;
  readonly high: Key | null;
}

interface Leg {
  /** The last key that was read, or null. */
  readonly last: Key | null;
  /** False when SQLite met damage. */
  readonly reachedEnd: boolean;
}

/** Yields rows in travel form, each once. @returns true when it met no damage */
export function* walkTable(db: SqliteDatabase, plan: WalkPlan): Generator<readonly Row[], boolean> {
  const forward = yield* walkLeg(db, plan, { low: null, high: null }, false);
  if (forward.reachedEnd) return true;
  const backward = yield* walkLeg(db, plan, { low: forward.last, high: null }, true);
  if (backward.reachedEnd) return false;
  const low = wholeNumber(forward.last);
  const high = wholeNumber(backward.last);
  if (plan.key.length === 1 && low !== null && high !== null) yield* searchGaps(db, plan, low, high);
  return false;
}

/** Only numbered rows have a middle. */
function* searchGaps(db: SqliteDatabase, plan: WalkPlan, from: number, to: number): Generator<readonly Row[]> {
  const gaps: (readonly [low: number, high: number])[] = [[from, to]];
  for (let probe = 0; probe < MAX_PROBES; probe += 1) {
    // The largest first: there is most to be won.
    gaps.sort((a, b) => b[1] - b[0] - (a[1] - a[0]));
    const gap = gaps.shift();
    if (!gap || gap[1] - gap[0] < 2) return;
    const [low, high] = gap;
    const middle = low + Math.floor((high - low) / 2);
    const up = yield* walkLeg(db, plan, { low: [middle - 1], high: [high] }, false);
    const down = yield* walkLeg(db, plan, { low: [low], high: [middle] }, true);
    if (!up.reachedEnd) gaps.push([wholeNumber(up.last) ?? middle - 1, high]);
    if (!down.reachedEnd) gaps.push([low, wholeNumber(down.last) ?? middle]);
  }
}

/** From one side of the gap towards the other, until its end or the first damage. */
function* walkLeg(db: SqliteDatabase, plan: WalkPlan, gap: Gap, descending: boolean): Generator<readonly Row[], Leg> {
  const key = `(${plan.key.join(', ')})`;
  const marks = `(${plan.key.map(() => '?').join(', ')})`;
  const order = plan.key.map((column) => `${column} ${descending ? 'DESC' : 'ASC'}`).join(', ');
  let { low, high } = gap;
  let last: Key | null = null;
  for (;;) {
    const limits = [low && `${key} > ${marks}`, high && `${key} < ${marks}`].filter((limit) => limit !== null);
    const where = limits.length > 0 ? `WHERE ${limits.join(' AND ')}` : '';
    const chunk: Row[] = [];
    const damaged = !readInto(
      chunk,
      db,
      `SELECT ${[...plan.columns, ...plan.key].join(', ')} FROM ${plan.source} ${where} ORDER BY ${order} LIMIT ${ROWS_PER_CHUNK}`,
      [...(low ?? []), ...(high ?? [])],
    );
    const end = chunk.at(-1);
    if (end) {
      last = end.slice(plan.columns.length);
      yield chunk.map((row) => row.slice(0, plan.columns.length));
    }
    if (damaged) return { last, reachedEnd: false };
    if (chunk.length < ROWS_PER_CHUNK) return { last, reachedEnd: true };
    if (descending) high = last;
    else low = last;
  }
}

/** Keeps what came before the damage. False when there was some. */
function readInto(rows: Row[], db: SqliteDatabase, sql: string, values: readonly SqlValue[]): boolean {
  try {
    for (const row of db
      .prepare(sql)
      .raw()
      .iterate(...values))
      rows.push(row as Row);
    return true;
  } catch {
    return false;
  }
}

function wholeNumber(key: Key | null): number | null {
  const [only] = key ?? [];
  return typeof only === 'number' && Number.isSafeInteger(only) ? only : null;
}
