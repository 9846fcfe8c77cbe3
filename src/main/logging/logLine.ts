// One line of a log file, read and judged by a filter. Pure.
import { LOG_LEVELS, type LogFilter, type LogLevel, type LogLine } from '../../shared/domain/log';

const MAX_MESSAGE_CHARS = 2_000;
const MAX_DETAILS_CHARS = 4_000;

/** What a raw line must contain before it is worth reading; cheap, and never wrong about a line that fits. */
export function mayFit(raw: string, { text, collectorId, runId }: LogFilter): boolean {
  if (runId !== null && !raw.includes(`"runId":${JSON.stringify(runId)}`)) return false;
  if (collectorId !== null && !raw.includes(JSON.stringify(collectorId))) return false;
  return text === null || raw.toLowerCase().includes(JSON.stringify(text).slice(1, -1).toLowerCase());
}

export function fits({ level, collectorId, runId }: LogLine, filter: LogFilter): boolean {
  return (
    LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(filter.level) &&
    (filter.collectorId === null || collectorId === filter.collectorId) &&
    (filter.runId === null || runId === filter.runId)
  );
}

/** Null for what is no line of ours: half a line of a process that was killed, say. */
export function readLogLine(raw: string, id: string): LogLine | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(raw);
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null) return null;
  const { level, time, msg, collectorId, runId, ...others } = parsed as Readonly<Record<string, unknown>>;
  const atMs = typeof time === 'string' ? Date.parse(time) : NaN;
  if (!Number.isFinite(atMs)) return null;
  const details = Object.keys(others).length === 0 ? '' : JSON.stringify(others);
  return {
    id,
    atMs,
    level: levelOf(level),
    message: cut(textOf(msg) ?? '', MAX_MESSAGE_CHARS),
    collectorId: textOf(collectorId),
    runId: textOf(runId),
    details: cut(details, MAX_DETAILS_CHARS),
  };
}

/** A level that is not known is shown rather than hidden. */
function levelOf(level: unknown): LogLevel {
  return LOG_LEVELS.find((known) => known === level) ?? 'error';
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function cut(text: string, chars: number): string {
  return text.length <= chars ? text : `${text.slice(0, chars)}…`;
}
