// What happened, as JSON lines in rotating files. Written synchronously: the last lines before a crash are the ones that matter.
import { pino, type Logger as PinoLogger } from 'pino';
import pinoRoll from 'pino-roll';

const FILE_SIZE = '5m';
const FILES_KEPT = 5;

/** Fields that may carry a key; their values never reach a file. */
const REDACTED = ['apiKey', 'headers', '*.apiKey', '*.headers'];

export interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  child(fields: object): Logger;
}

/** Opens `<dir>/poolwatch.<n>.log`. Two processes must not share a folder: rotation would cut the other's file. */
export async function openLogger(dir: string): Promise<Logger> {
  const stream = await pinoRoll({
    file: `${dir}/poolwatch`,
    extension: '.log',
    size: FILE_SIZE,
    sync: true,
    mkdir: true,
    // Without removing other files those of earlier starts would stay for ever.
    limit: { count: FILES_KEPT, removeOtherLogFiles: true },
  });
  const logger: PinoLogger = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths: REDACTED, censor: '[redacted]' } },
    stream,
  );
  return logger;
}

export const silentLogger: Logger = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLogger,
};
