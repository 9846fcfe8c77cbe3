// The log of what happens before the log files are open: the first window does not wait for them. Lines are kept until there is a
// logger, and go straight to it from then on.
import type { Logger } from './logger';

type Level = 'warn' | 'error';

export class EarlyLog implements Pick<Logger, Level> {
  #logger: Pick<Logger, Level> | null = null;
  #waiting: (readonly [level: Level, fields: object, message: string])[] = [];

  warn(fields: object, message: string): void {
    this.#write('warn', fields, message);
  }

  error(fields: object, message: string): void {
    this.#write('error', fields, message);
  }

  /** Passes on what has waited, and everything from now on. */
  continueIn(logger: Pick<Logger, Level>): void {
    this.#logger = logger;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const [level, fields, message] of waiting) logger[level](fields, message);
  }

  #write(level: Level, fields: object, message: string): void {
    if (this.#logger) this.#logger[level](fields, message);
    else this.#waiting.push([level, fields, message]);
  }
}
