// Samples from the readings of the sensors to the tiers of monitor.db, as one thing to start and stop.
import type { Reading } from '../../shared/domain/metrics';
import type { Clock } from '../../shared/util/clock';
import type { Store } from '../storage/store';
import { SampleRecorder } from './sampleRecorder';
import { SampleUpkeep } from './sampleUpkeep';

export interface Samples {
  /** To be called with whatever is read, as often as it is: every ten seconds the latest of each series is kept. */
  record(readings: readonly Reading[]): void;
  stop(): void;
}

export function startSamples({ clock, monitor }: { readonly clock: Clock; readonly monitor: Store }): Samples {
  const recorder = new SampleRecorder(clock, monitor);
  const upkeep = new SampleUpkeep(clock, monitor);
  recorder.start();
  upkeep.start();
  return {
    record: (readings) => recorder.record(readings),
    stop() {
      recorder.stop();
      upkeep.stop();
    },
  };
}
