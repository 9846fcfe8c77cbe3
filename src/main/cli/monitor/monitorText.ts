// What db-monitor prints: a line for each look, and one for whatever begins or ends. Pure.
import { styleText } from 'node:util';
import type { DatabaseName, LatencySummary } from '../../../shared/domain/database';
import type { HealthLevel } from '../../../shared/domain/health';
import { formatBytes, formatDuration, formatUtc, NO_VALUE } from '../../../shared/util/format';
import { isoTime } from '../print/cells';
import { type Cell, csvLine, printable } from '../print/report';
import type { Crossing } from './crossings';
import type { Episode } from './monitorSummary';
import type { DatabaseSample, MonitorSample } from './samples';

const WRITE_WIDTH = 8;

interface TextColumn {
  readonly heading: string;
  readonly width: number;
  text(sample: MonitorSample): string;
}

const of = (name: DatabaseName, text: (database: DatabaseSample) => string) => {
  return ({ databases }: MonitorSample): string => {
    const found = databases.find((database) => database.name === name);
    return found ? text(found) : NO_VALUE;
  };
};

const market = (heading: string, width: number, text: (database: DatabaseSample) => string): TextColumn => ({
  ...{ heading, width, text: of('market', text) },
});

const COLUMNS: readonly TextColumn[] = [
  { heading: 'UTC', width: -8, text: ({ atMs }) => formatUtc(atMs).slice(11, 19) },
  { heading: 'from', width: -9, text: ({ pid }) => (pid === null ? 'files' : String(pid)) },
  { heading: 'level', width: -8, text: ({ level }) => levelWord(level) },
  market('write', WRITE_WIDTH, writeText),
  market('read', 8, ({ readMs }) => duration(readMs)),
  market('lock p95', 8, ({ lockWait }) => p95(lockWait)),
  market('commit p95', 10, ({ commitLatency }) => p95(commitLatency)),
  market('spool', 5, ({ spooledBatches }) => String(spooledBatches)),
  market('wal', 8, ({ walBytes }) => formatBytes(walBytes)),
  { heading: 'monitor.db', width: 10, text: of('monitor', writeText) },
];

export function headLine(colour: boolean): string {
  const line = COLUMNS.map(({ heading, width }) => padded(heading, width)).join('  ');
  return `${colour ? styleText('bold', line) : line}\n`;
}

export function sampleLine(sample: MonitorSample, colour: boolean): string {
  const line = COLUMNS.map((column) => padded(printable(column.text(sample)), column.width)).join('  ');
  return `${colour ? inColour(sample.level, line) : line}\n`;
}

export function beganLine({ level, key, text }: Crossing, colour: boolean): string {
  const line = `          ! ${level}  ${printable(`${key}: ${text}`)}`;
  return `${colour ? inColour(level, line) : line}\n`;
}

export function endedLine({ key, sinceMs, untilMs }: Episode): string {
  return `          ✓ over  ${printable(key)}, after ${formatDuration((untilMs ?? sinceMs) - sinceMs)}\n`;
}

export const SAMPLE_CSV_HEAD = csvLine([
  ...['at', 'pid', 'level', 'database', 'state', 'failure', 'write_ms', 'read_ms', 'lock_wait_p95_ms', 'commit_p95_ms'],
  ...['queued_batches', 'spooled_batches', 'size_bytes', 'wal_bytes', 'holder_pid'],
]);

/** A line for each database. */
export function sampleCsv({ atMs, pid, level, databases }: MonitorSample): string {
  return databases.map((database) => csvLine([isoTime(atMs), pid, level, ...databaseCells(database)])).join('');
}

function databaseCells(database: DatabaseSample): readonly Cell[] {
  const { name, state, failure, writeMs, readMs, lockWait, commitLatency, queuedBatches, spooledBatches } = database;
  return [
    ...[name, state, failure, writeMs, readMs, lockWait?.p95Ms ?? null, commitLatency?.p95Ms ?? null],
    ...[queuedBatches, spooledBatches, database.sizeBytes, database.walBytes, database.holder?.pid ?? null],
  ];
}

/** Why there is no time is worth more than a dash. */
function writeText({ writeMs, failure }: DatabaseSample): string {
  return writeMs === null ? (failure ?? 'away').toUpperCase().slice(0, WRITE_WIDTH) : duration(writeMs);
}

function duration(ms: number | null): string {
  return ms === null ? NO_VALUE : formatDuration(ms);
}

function p95(latency: LatencySummary | null): string {
  return latency && latency.count > 0 ? formatDuration(latency.p95Ms) : NO_VALUE;
}

function levelWord(level: HealthLevel): string {
  return level === 'info' ? 'ok' : level;
}

/** Negative: to the left. */
function padded(text: string, width: number): string {
  return width < 0 ? text.padEnd(-width) : text.padStart(width);
}

function inColour(level: HealthLevel, line: string): string {
  if (level === 'critical') return styleText('red', line);
  return level === 'warning' ? styleText('yellow', line) : line;
}
