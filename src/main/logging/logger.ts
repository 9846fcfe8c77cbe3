// What happened, as JSON lines in rotating files. Written synchronously: the last lines before a crash are the ones that matter.
import { appendFileSync, closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { pino, type Logger as PinoLogger } from 'pino';
import pinoRoll from 'pino-roll';
import { logContext } from './logContext';
import { LOG_EXTENSION, LOG_NAME, newestLogFile } from './logFiles';

/** Together at most 45 MB on disk, which is some days of every call. */
const FILE_SIZE = '5m';
const OLDER_FILES_KEPT = 8;

/** Of lines that a full disk does not take; beyond it they are dropped. */
const WAITING_BYTES = 4 * 1_024 * 1_024;

/** Fields that may carry a key; their values never reach a file. */
const REDACTED = ['apiKey', 'headers', 'token', 'url', '*.apiKey', '*.headers', '*.token'];

export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  child(fields: object): Logger;
}

/** Opens `<dir>/poolwatch.<n>.log`. Two processes must not share a folder: rotation would cut the other's file. */
export async function openLogger(dir: string): Promise<Logger> {
  endTornLine(await newestLogFile(dir));
  const stream = await pinoRoll({
    file: `${dir}/${LOG_NAME}`,
    extension: LOG_EXTENSION,
    size: FILE_SIZE,
    sync: true,
    mkdir: true,
    maxLength: WAITING_BYTES,
    // Without removing other files those of earlier starts would stay for ever.
    limit: { count: OLDER_FILES_KEPT, removeOtherLogFiles: true },
  });
  // A disk that is full must not end the program: without a listener the stream would throw into whoever writes a line. The lines
  // wait, and go into the file with the first one that it takes.
  stream.on('error', () => undefined);
  const logger: PinoLogger = pino(
    {
      base: null,
      level: 'debug',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      mixin: logContext,
      redact: { paths: REDACTED, censor: '[redacted]' },
    },
    stream,
  );
  return logger;
}

/** A process that was killed may have left half a line; without its end the next line would be lost with it. */
function endTornLine(file: string | null): void {
  if (file === null || !existsSync(file)) return;
  const descriptor = openSync(file, 'r');
  const last = Buffer.alloc(1);
  try {
    const { size } = fstatSync(descriptor);
    if (size === 0) return;
    readSync(descriptor, last, 0, 1, size - 1);
  } finally {
    closeSync(descriptor);
  }
  if (last.toString() !== '\n') appendFileSync(file, '\n');
}

export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLogger,
};
