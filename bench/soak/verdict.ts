// What an endurance run comes to: the books, the slots, who was told of what, and whether the program grew. Decides what is a failure.
import { type Alarm, matchAlarms, type MadeFault, type Saying, type Telling } from './alarms';
import type { Books } from './audit';
import { growthOf, type Sample } from './growth';
import { readMonitorRecord } from './monitorRecord';
import { faultKind } from './plan';
import { auditSlots } from './slots';

const MB = 1_024 * 1_024;
/** As it is promised. */
const GOOD_WITHIN_MS = 45_000;
const MAX_RSS_GROWTH_BYTES = 20 * MB;
const MAX_HANDLE_GROWTH = 12;
const MAX_THREAD_GROWTH = 4;

export interface Witnessed {
  readonly books: Books;
  readonly faults: readonly MadeFault[];
  readonly samples: readonly Sample[];
  /** Of every collector. */
  readonly intervalMs: number;
  readonly deaths: number;
  /** Of the last, orderly end. */
  readonly exitCode: number | null;
}

export interface Verdict {
  readonly figures: Readonly<Record<string, number>>;
  /** One sentence each; empty when everything held. */
  readonly failures: readonly string[];
  readonly told: readonly string[];
}

export function judge(witnessed: Witnessed, profileDir: string): Verdict {
  const { books, faults, samples, intervalMs, deaths, exitCode } = witnessed;
  const record = readMonitorRecord(profileDir);
  const slots = auditSlots(record.slots, record.scheduledRuns, faults, intervalMs);
  const { tellings, groundless, untrue, heldUp, lookingBack } = matchAlarms(faults, record.incidents);
  const required = tellings.filter(({ fault }) => faultKind(fault.id).telling === 'required');
  const untold = required.filter(({ saying }) => saying === null);
  const ended = required.filter(({ saying }) => saying !== null);
  const late = ended.filter(({ goodAfterMs }) => goodAfterMs === null || goodAfterMs > GOOD_WITHIN_MS);
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
    'slots missed while it was away': slots.away,
    'slots missed without a reason': slots.missed,
    'slots that nothing is on record of': slots.unrecorded,
    'slots on record twice': slots.twice,
    faults: faults.length,
    'faults that had to be told': required.length,
    'faults told, each by its own': required.length - untold.length,
    'faults missed': untold.filter(({ isMisnamed }) => !isMisnamed).length,
    'faults told as something else': untold.filter(({ isMisnamed }) => isMisnamed).length,
    'slowest telling s': Math.max(0, ...required.map(({ afterMs }) => afterMs ?? 0)) / 1_000,
    'slowest recovery told s': Math.max(0, ...ended.map(({ goodAfterMs }) => goodAfterMs ?? 0)) / 1_000,
    'false incidents': groundless.length,
    'untrue words': untrue.length,
    'incidents of a busy machine': heldUp.length,
    'incidents about all the faults together': lookingBack.length,
    'unexpected ends': deaths,
    ...(growth && {
      'lives of ten minutes or more': growth.lives,
      'minutes of the longest': growth.longestMs / 60_000,
      'RSS growth MB': growth.rssBytes / MB,
      'handle growth': growth.handles,
      'thread growth': growth.threads,
    }),
  };
  const failures = [
    ...(books.batches === 0 ? ['nothing was acknowledged'] : []),
    ...missed('acknowledged batches are lost', books.lostBatches.length),
    ...missed('batches were stored twice', books.appliedTwice),
    ...missed('batches were stored with another number of rows', books.withOtherRows),
    ...missed('slots were missed without a reason', slots.missed),
    ...missed('slots are not on record', slots.unrecorded),
    ...missed('slots are on record twice', slots.twice),
    ...untold.map(({ fault, isMisnamed }) =>
      isMisnamed ? `${whenWords(fault)} was told as something else` : `nobody was told of ${whenWords(fault)}`,
    ),
    ...late.map(({ fault, goodAfterMs }) =>
      goodAfterMs === null
        ? `the end of ${whenWords(fault)} was never told`
        : `the end of ${whenWords(fault)} was told after ${Math.round(goodAfterMs / 1_000)} s`,
    ),
    ...groundless.map((alarm) => `told without a cause: ${alarmWords(alarm)}`),
    ...untrue.map((saying) => `said and not so: ${sayingWords(saying)}`),
    ...missed('unexpected ends', deaths),
    ...(exitCode === 0 ? [] : [`the last end was not in order: exit code ${exitCode ?? 'none, it had to be killed'}`]),
    ...(growth && growth.rssBytes > MAX_RSS_GROWTH_BYTES
      ? [`RSS grew by ${(growth.rssBytes / MB).toFixed(1)} MB`]
      : []),
    ...(growth && growth.handles > MAX_HANDLE_GROWTH ? [`${growth.handles} more file handles`] : []),
    ...(growth && growth.threads > MAX_THREAD_GROWTH ? [`${growth.threads} more threads`] : []),
  ];
  const told = [
    ...tellings.map(tellingWords),
    ...heldUp.map((alarm) => `${alarmWords(alarm)} (a busy machine)`),
    ...lookingBack.map((alarm) => `${alarmWords(alarm)} (all the faults together)`),
  ];
  return { figures, failures, told };
}

function missed(what: string, count: number): readonly string[] {
  return count === 0 ? [] : [`${count} ${what}`];
}

function tellingWords({ fault, saying, afterMs }: Telling): string {
  const words = saying === null ? '–' : `after ${Math.round((afterMs ?? 0) / 1_000)} s: ${saying.text}`;
  return `${whenWords(fault).padEnd(36)} ${words}`;
}

function sayingWords({ atMs, text }: Saying): string {
  return `${timeOf(atMs)} ${text}`;
}

function alarmWords({ incident, atMs }: Alarm): string {
  return `${timeOf(atMs)} ${incident.title}`;
}

function whenWords({ id, fromMs, toMs }: MadeFault): string {
  return `${timeOf(fromMs)} ${id} for ${Math.round((toMs - fromMs) / 1_000)} s`;
}

function timeOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(11, 19);
}
