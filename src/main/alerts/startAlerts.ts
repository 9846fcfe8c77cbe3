// Alerts at work: restored, ticking, and stopped again. A record that cannot be read costs the memory of earlier sessions, no alert.
import { randomUUID } from 'node:crypto';
import type { Notice } from '../../shared/domain/alerts';
import type { Clock, TimerHandle } from '../../shared/util/clock';
import type { Store } from '../storage/store';
import { NOTHING_RESTORED } from './alertChanges';
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

/** Nothing is judged before the first readings. */
export async function startAlerts(options: AlertStart): Promise<RunningAlerts> {
  const { clock, monitor, onError } = options;
  const store = new AlertStore({ clock, monitor, ids: randomUUID, onError });
  const restored = await store.restore().catch((error: unknown) => {
    onError(error);
    return NOTHING_RESTORED;
  });
  const alerts = new AlertEngine({ ...options, rules: DEFAULT_RULES, restored, ids: randomUUID, store });
  let timer: TimerHandle;
  const tick = (): void => {
    timer = clock.after(TICK_MS, tick);
    alerts.tick();
  };
  timer = clock.after(TICK_MS, tick);
  return {
    alerts,
    stop() {
      timer.cancel();
      store.stop();
    },
  };
}
