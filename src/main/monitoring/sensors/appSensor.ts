// Reads the program itself. Pure; the meter measures.
import type { Reading } from '../../../shared/domain/metrics';
import { formatDuration } from '../../../shared/util/format';
import { readingsOf, told, type Moment } from './reading';

export interface AppFacts {
  /** Longest stall of the main thread since the last look; null where nobody measures. */
  readonly stallMs: number | null;
  /** How much too late this look is. */
  readonly lateMs: number;
  readonly rssBytes: number | null;
  /** Share of one core since the last measurement; null before the second. */
  readonly cpuShare: number | null;
  /** Jump of the wall clock since the last look, forwards or backwards. */
  readonly stepMs: number;
}

export function appReadings(
  { stallMs, lateMs, rssBytes, cpuShare, stepMs }: AppFacts,
  moment: Moment,
): readonly Reading[] {
  const direction = stepMs > 0 ? 'forward' : 'back';
  return readingsOf({ kind: 'app', id: 'main' }, moment, {
    'app.eventLoopDelay': stallMs,
    'app.evaluatorLate': lateMs,
    'app.rssBytes': rssBytes,
    'app.cpuShare': cpuShare,
    'app.clockStep': told(
      Math.abs(stepMs),
      stepMs === 0 ? null : `The clock of this machine was set ${direction} by ${formatDuration(Math.abs(stepMs))}.`,
    ),
  });
}
