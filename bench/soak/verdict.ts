// What an endurance run comes to: the books, the slots, who was told of what, and whether the program grew. Reads the files that the
// program has left; decides what is a failure.
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Books } from './audit';
import type { Footprint } from './packagedApp';
import { FAULT_KINDS, type FaultId } from './plan';

const MB = 1_024 * 1_024;
/** What is told of a fault may come that long after it is over: it is judged over minutes, and told once somebody can tell. */
const TOLD_WITHIN_MS = 90_000;
/** After a start or a sleep slots that nobody was there for are written down. */
const BACK_WITHIN_MS = 30_000;
const MAX_RSS_GROWTH_BYTES = 20 * MB;
const MAX_HANDLE_GROWTH = 12;
/** Only lives that were long enough say something about growth, and only after they are warm. */
const WARM_AFTER_MS = 240_000;
const LIFE_AT_LEAST_MS = 600_000;

export interface MadeFault {
  readonly id: FaultId;
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Sample extends Footprint {
  readonly pid: number;
  readonly atMs: number;
  readonly ageMs: number;
}

export interface Witnessed {
  readonly books: Books;
  readonly faults: readonly MadeFault[];
  readonly samples: readonly Sample[];
  readonly deaths: number;
  /** Of the last, orderly end. */
  readonly exitCode: number | null;
}

interface StoredIncident {
  readonly openedAtMs: number;
  readonly resolvedAtMs: number;
  readonly title: string;
  readonly cause: string | null;
}

export interface Verdict {
  readonly figures: Readonly<Record<string, number>>;
  /** One sentence each; empty when everything held. */
  readonly failures: readonly string[];
  readonly told: readonly string[];
}

export function judge(witnessed: Witnessed, profileDir: string): Verdict {
  const { books, faults, samples, deaths, exitCode } = witnessed;
  const db = new Database(join(profileDir, 'monitor.db'), { readonly: true });
  try {
    const incidents = incidentsOf(db);
    const slots = slotsOf(db, faults);
    const causes = causesOf(faults, incidents);
    const growth = growthOf(samples);
    const figures = {
      'acknowledged batches': books.batches,
      'acknowledged rows': books.rows,
      'lost batches': books.lostBatches.length,
      'lost rows': books.lostRows,
      'duplicated batches': books.appliedTwice,
      'batches with other rows': books.withOtherRows,
      'batches never promised': books.volatile,
      slots: slots.all,
      'slots missed while it was away': slots.excused,
      'slots missed without a reason': slots.missed,
      faults: faults.length,
      'faults that had to be told': causes.required,
      'faults told': causes.told,
      'faults missed': causes.untold.length,
      'incidents without a cause': causes.groundless.length,
      'incidents beside a fault': causes.beside,
      'unexpected ends': deaths,
      ...(growth && {
        'RSS growth MB': growth.rssBytes / MB,
        'handle growth': growth.handles,
        'minutes of the longest life': growth.ms / 60_000,
      }),
    };
    const failures = [
      ...(books.batches === 0 ? ['nothing was acknowledged'] : []),
      ...missed('acknowledged batches are lost', books.lostBatches.length),
      ...missed('batches were stored twice', books.appliedTwice),
      ...missed('batches were stored with another number of rows', books.withOtherRows),
      ...missed('slots are missing without a reason', slots.missed),
      ...causes.untold.map((what) => `nobody was told of ${what}`),
      ...causes.groundless.map((what) => `told without a cause: ${what}`),
      ...missed('unexpected ends', deaths),
      ...(exitCode === 0
        ? []
        : [`the last end was not in order: exit code ${exitCode ?? 'none, it had to be killed'}`]),
      ...(growth && growth.rssBytes > MAX_RSS_GROWTH_BYTES
        ? [`RSS grew by ${(growth.rssBytes / MB).toFixed(1)} MB`]
        : []),
      ...(growth && growth.handles > MAX_HANDLE_GROWTH ? [`${growth.handles} more file handles`] : []),
    ];
    return { figures, failures, told: causes.lines };
  } finally {
    db.close();
  }
}

function missed(what: string, count: number): readonly string[] {
  return count === 0 ? [] : [`${count} ${what}`];
}

function incidentsOf(db: Database.Database): readonly StoredIncident[] {
  return db
    .prepare<[], { readonly openedAtMs: number; readonly resolvedAtMs: number; readonly body: string }>(
      `SELECT opened_at_ms AS openedAtMs, resolved_at_ms AS resolvedAtMs, body FROM incidents
       WHERE folded_into = '' ORDER BY opened_at_ms`,
    )
    .all()
    .map(({ body, ...times }) => {
      const { title, cause } = (JSON.parse(body) as { readonly incident: Pick<StoredIncident, 'title' | 'cause'> })
        .incident;
      return { ...times, title, cause };
    });
}

function slotsOf(db: Database.Database, faults: readonly MadeFault[]) {
  const rows = db
    .prepare<[], { readonly atMs: number; readonly untilMs: number; readonly outcome: string; readonly slots: number }>(
      'SELECT slot_at_ms AS atMs, ifnull(until_ms, slot_at_ms) AS untilMs, outcome, slots FROM slots',
    )
    .all();
  const away = faults.filter(({ id }) => id === 'kill' || id === 'sleep');
  const gone = rows.filter(({ outcome }) => outcome === 'missed' || outcome === 'skipped_asleep');
  const excused = gone.filter(({ atMs, untilMs }) =>
    away.some(({ fromMs, toMs }) => atMs <= toMs + BACK_WITHIN_MS && untilMs >= fromMs - BACK_WITHIN_MS),
  );
  const sum = (of: typeof rows): number => of.reduce((total, { slots }) => total + slots, 0);
  return { all: sum(rows), excused: sum(excused), missed: sum(gone) - sum(excused) };
}

function causesOf(faults: readonly MadeFault[], incidents: readonly StoredIncident[]) {
  const kindOf = (id: FaultId) => FAULT_KINDS.find((kind) => kind.id === id) ?? FAULT_KINDS[0];
  const near = ({ fromMs, toMs }: MadeFault, { openedAtMs, resolvedAtMs }: StoredIncident): boolean =>
    openedAtMs <= toMs + TOLD_WITHIN_MS && (resolvedAtMs === 0 || resolvedAtMs >= fromMs);
  const about = (fault: MadeFault, incident: StoredIncident): boolean =>
    near(fault, incident) && kindOf(fault.id).names.test(`${incident.title} ${incident.cause ?? ''}`);
  const tellings = faults.map((fault) => ({ fault, incident: incidents.find((each) => about(fault, each)) ?? null }));
  const required = tellings.filter(({ fault }) => kindOf(fault.id).telling === 'required');
  const groundless = incidents.filter((incident) => !faults.some((fault) => near(fault, incident)));
  // What follows from a fault is its card, as long as it is told as a part of it; what has a card of its own is worth a look.
  const beside = incidents.filter(
    (incident) => !groundless.includes(incident) && !faults.some((fault) => about(fault, incident)),
  );
  return {
    required: required.length,
    told: required.filter(({ incident }) => incident !== null).length,
    untold: required.filter(({ incident }) => incident === null).map(({ fault }) => whenWords(fault)),
    groundless: groundless.map(({ title, openedAtMs }) => `${timeOf(openedAtMs)} ${title}`),
    beside: beside.length,
    lines: [
      ...tellings.map(telling),
      ...beside.map(({ title, openedAtMs }) => `${timeOf(openedAtMs)} beside a fault: ${title}`),
    ],
  };
}

function telling({ fault, incident }: { readonly fault: MadeFault; readonly incident: StoredIncident | null }): string {
  return `${whenWords(fault).padEnd(36)} ${incident === null ? '–' : toldWords(fault, incident)}`;
}

function toldWords({ fromMs }: MadeFault, { openedAtMs, title }: StoredIncident): string {
  const afterS = Math.round((openedAtMs - fromMs) / 1_000);
  return `${afterS < 0 ? 'still open' : `after ${afterS} s`}: ${title}`;
}

/** From when it was warm to its end, of the longest life. */
function growthOf(samples: readonly Sample[]) {
  const lives = [...new Set(samples.map(({ pid }) => pid))].map((pid) =>
    samples.filter((sample) => sample.pid === pid),
  );
  const longest = lives.sort((a, b) => (b.at(-1)?.ageMs ?? 0) - (a.at(-1)?.ageMs ?? 0))[0] ?? [];
  const warm = longest.filter(({ ageMs }) => ageMs >= WARM_AFTER_MS);
  const last = longest.at(-1);
  if (!last || last.ageMs < LIFE_AT_LEAST_MS || warm.length < 8) return null;
  // Medians of the first and the last quarter: one sample can be a moment of garbage.
  const quarter = Math.max(1, Math.floor(warm.length / 4));
  const [early, late] = [warm.slice(0, quarter), warm.slice(-quarter)];
  return {
    ms: last.ageMs,
    rssBytes: median(late.map(({ rssBytes }) => rssBytes)) - median(early.map(({ rssBytes }) => rssBytes)),
    handles: median(late.map(({ handles }) => handles)) - median(early.map(({ handles }) => handles)),
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function whenWords({ id, fromMs, toMs }: MadeFault): string {
  return `${timeOf(fromMs)} ${id} for ${Math.round((toMs - fromMs) / 1_000)} s`;
}

function timeOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(11, 19);
}
