// Alerts at work: restored, ticking, and stopped again. A record that cannot be read delays the first look by seconds; then alerts go on
// without it, and it is taken up once it can be read.
import { randomUUID } from 'node:crypto';
import type { Notice } from '../../shared/domain/alerts';
import type { Clock, TimerHandle } from '../../shared/util/clock';
import { retried } from '../../shared/util/retried';
import type { Store } from '../storage/store';
import { nothingRestored } from './alertChanges';
import { AlertEngine } from './alertEngine';
import { AlertStore } from './alertStore';
import type { ReadingSource } from './backTest';
import { DEFAULT_RULES } from './defaultRules';
import { TICK_MS } from './observedTime';
import type { AlertFacts } from './rootCause';

export interface AlertStart {
  readonly clock: Clock;
  readonly monitor: Pick<Store, 'read' | 'write'>;
  readonly facts: AlertFacts;
  readonly history: ReadingSource;
  readonly onChange: () => void;
  readonly notify: (notices: readonly Notice[]) => void;
  /** Something could not be stored yet, or not be restored. */
  readonly onError: (error: unknown) => void;
}

export interface RunningAlerts {
  readonly alerts: AlertEngine;
  readonly stop: () => void;
}

/** Nobody waits longer for the record. */
const BEGIN_WITHIN_MS = 3_000;

/** Nothing is judged before the first readings. */
export async function startAlerts(options: AlertStart): Promise<RunningAlerts> {
  const { clock, monitor, onError } = options;
  const store = new AlertStore({ clock, monitor, ids: randomUUID, onError });
  const reading = retried(() => store.restore(), clock, onError);
  const restored = await within(reading.value, BEGIN_WITHIN_MS, clock);
  const begun = restored ?? nothingRestored(clock.wallMs());
  const alerts = new AlertEngine({ ...options, rules: DEFAULT_RULES, restored: begun, ids: randomUUID, store });
  if (restored === null) void reading.value.then((late) => alerts.adopt(late));
  let timer: TimerHandle;
  const tick = (): void => {
    timer = clock.after(TICK_MS, tick);
    alerts.tick();
  };
  timer = clock.after(TICK_MS, tick);
  return {
    alerts,
    stop() {
      reading.stop();
      timer.cancel();
      store.stop();
    },
  };
}

/** Null when it takes longer. */
function within<T>(promise: Promise<T>, ms: number, clock: Clock): Promise<T | null> {
  return new Promise((resolve) => {
    const timer = clock.after(ms, () => resolve(null));
    void promise.then((value) => {
      timer.cancel();
      resolve(value);
    });
  });
}
