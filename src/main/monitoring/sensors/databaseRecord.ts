// What is remembered of one database to judge it by: since when it takes no rows, how fast it writes, how full its disk gets.
// Decides nothing; the sensor reads it.
import type { DatabaseStatus } from '../../../shared/domain/database';
import { formatBytes } from '../../../shared/util/format';
import { Attention } from '../attention';
import { OutageWindow } from './outageWindow';
import { daysLeft, type RoomSample } from './roomTrend';
import type { Moment } from './reading';

/** Rates are told over at least this long. */
const RATE_MS = 1_000;
const LOOK_EVERY_MS = 5_000;
const ROOM_EVERY_MS = 5 * 60_000;
const ROOM_SAMPLES = 288;

interface Counters {
  readonly atMs: number;
  readonly commits: number;
  readonly rows: number;
}

export class DatabaseRecord {
  readonly attention = new Attention(LOOK_EVERY_MS);
  readonly outages = new OutageWindow();
  /** Monotonic; null while it takes rows. */
  unavailableSinceMs: number | null = null;
  /** Monotonic, so that a step of the clock is no lock; null while nobody else holds the lock. */
  lockedSinceMs: number | null = null;
  /** Monotonic; null while the spool is empty. */
  spoolSinceMs: number | null = null;
  commitsPerSecond: number | null = null;
  rowsPerSecond: number | null = null;
  /** Rows rejected since the reading before. */
  rejected = 0;
  /** Free bytes on its volume; null until somebody looked. */
  diskFree: number | null = null;
  diskDaysLeft: number | null = null;
  /** Monotonic time of the first of the reads that failed in a row, and why the last did; null while reads succeed. */
  unreadable: { readonly sinceMs: number; readonly why: string } | null = null;
  /** Monotonic: since when there was time to make a backup that is due. */
  watchedMs: number;
  /** Monotonic time of the look at which it took no rows, if that was the latest. */
  #downAtMs: number | null = null;
  /** The wait that `lockedSinceMs` is about, as the status names it. */
  #lock: number | null = null;
  #rejectedBefore: number;
  #replayedBefore: number;
  #counters: Counters | null = null;
  #room: readonly RoomSample[] = [];

  constructor({ rowsRejected, spool }: DatabaseStatus, { monotonicMs }: Moment) {
    this.#replayedBefore = spool.replayed;
    this.watchedMs = monotonicMs;
    this.#rejectedBefore = rowsRejected;
  }

  look(status: DatabaseStatus, moment: Moment): void {
    const { monotonicMs } = moment;
    this.#lookAtLock(status, moment);
    // Done on purpose, it has not been a fault so far; what comes after it may be one. Nor is it one while the spool is emptied.
    const { reason } = status.breaker;
    const isMaintained = reason === 'maintenance';
    const hasTakenRows = status.spool.replayed > this.#replayedBefore;
    this.#replayedBefore = status.spool.replayed;
    const isFault = !isMaintained && reason !== 'isolated' && !hasTakenRows;
    const faultSinceMs = isFault ? this.unavailableSinceMs : monotonicMs;
    this.unavailableSinceMs = takesRows(status) ? null : (faultSinceMs ?? monotonicMs);
    if (this.#downAtMs !== null && this.#downAtMs < monotonicMs) this.outages.add(this.#downAtMs, monotonicMs);
    this.#downAtMs = this.unavailableSinceMs === null || !isFault ? null : monotonicMs;
    const spoolSinceMs = isMaintained ? monotonicMs : this.spoolSinceMs;
    this.spoolSinceMs = status.spool.batches === 0 ? null : (spoolSinceMs ?? monotonicMs);
    this.rejected = status.rowsRejected - this.#rejectedBefore;
    this.#rejectedBefore = status.rowsRejected;
    this.#rate({ atMs: monotonicMs, commits: status.commits, rows: status.rowsWritten });
  }

  /** Whether it is in trouble, or something in it has just gone wrong. */
  isRestless({ state, lockedSinceMs, spool, rowsRejected }: DatabaseStatus): boolean {
    const isWell = state === 'ok' && lockedSinceMs === null && spool.batches === 0;
    return !isWell || rowsRejected !== this.#rejectedBefore || this.unreadable !== null;
  }

  /** Nobody was there: what lasted meanwhile was not seen to last. */
  unwatched({ monotonicMs }: Moment): void {
    this.watchedMs = monotonicMs;
    this.attention.wake();
    this.#downAtMs = null;
    if (this.unavailableSinceMs !== null) this.unavailableSinceMs = monotonicMs;
    if (this.spoolSinceMs !== null) this.spoolSinceMs = monotonicMs;
    if (this.lockedSinceMs !== null) this.lockedSinceMs = monotonicMs;
    if (this.unreadable) this.unreadable = { ...this.unreadable, sinceMs: monotonicMs };
    this.#counters = null;
  }

  roomSeen(freeBytes: number, { monotonicMs: atMs }: Moment): void {
    this.diskFree = freeBytes;
    if (atMs - (this.#room.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY) < ROOM_EVERY_MS) return;
    this.#room = [...this.#room, { atMs, freeBytes }].slice(-ROOM_SAMPLES);
    this.diskDaysLeft = daysLeft(this.#room);
  }

  readAnswered(): void {
    this.unreadable = null;
  }

  readFailed(why: string, { monotonicMs }: Moment): void {
    this.unreadable = { sinceMs: this.unreadable?.sinceMs ?? monotonicMs, why };
  }

  describeRoom(database: string): string | null {
    return this.diskFree === null ? null : `${formatBytes(this.diskFree)} are free on the disk of ${database}.db.`;
  }

  #lookAtLock({ lockedSinceMs }: DatabaseStatus, { wallMs, monotonicMs }: Moment): void {
    if (lockedSinceMs === this.#lock) return;
    this.#lock = lockedSinceMs;
    this.lockedSinceMs = lockedSinceMs === null ? null : monotonicMs - Math.max(0, wallMs - lockedSinceMs);
  }

  #rate(now: Counters): void {
    const before = this.#counters;
    if (before === null) this.#counters = now;
    if (before === null || now.atMs - before.atMs < RATE_MS) return;
    const seconds = (now.atMs - before.atMs) / 1_000;
    this.commitsPerSecond = (now.commits - before.commits) / seconds;
    this.rowsPerSecond = (now.rows - before.rows) / seconds;
    this.#counters = now;
  }
}

function takesRows({ state }: DatabaseStatus): boolean {
  return state === 'ok' || state === 'degraded' || state === 'closed';
}
