// The snapshot as the window has it.
import type { AppSnapshot, CollectorState } from './snapshot';
import type { TickLine } from './tickLine';

export interface ShownCollector extends CollectorState {
  readonly ticks: TickLine;
}

export interface ShownSnapshot extends Omit<AppSnapshot, 'collectors'> {
  readonly collectors: readonly ShownCollector[];
}
