// How much is free on the volume of a database, asked now and then without holding anybody up.
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DatabaseRecord } from '../sensors/databaseRecord';
import type { Moment } from '../sensors/reading';

/** A disk can be filled within a minute. */
const EVERY_MS = 5_000;

export class DiskRoom {
  readonly #folder: string;
  readonly #record: DatabaseRecord;
  #dueMs = Number.NEGATIVE_INFINITY;

  constructor(file: string, record: DatabaseRecord) {
    this.#folder = dirname(file);
    this.#record = record;
  }

  /** To be called every second. Never waits. */
  look(moment: Moment): void {
    if (moment.monotonicMs < this.#dueMs) return;
    this.#dueMs = moment.monotonicMs + EVERY_MS;
    statfs(this.#folder).then(
      ({ bavail, bsize }) => this.#record.roomSeen(bavail * bsize, moment),
      // A volume that is gone is told by the database itself.
      () => undefined,
    );
  }
}
