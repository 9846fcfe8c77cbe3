// Alerts at work: restored, ticking, and stopped again. A record that cannot be read delays the first look by seconds; then alerts go on
// without it, and it is taken up once it can be read.
import { randomUUID } from 'node:crypto';
import type { Notice } from '../../shared/domain/alerts';
import type { Clock, TimerHandle } from '../../shared/util/clock';
import type { Store } from '../storage/store';
import { nothingRestored, type RestoredAlerts } from './alertChanges';
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
/** Waits between attempts to read it, the last one again and again. */
const RETRY_WAITS_MS = [500, 1_000, 1_000, 5_000, 15_000, 60_000] as const;

/** Nothing is judged before the first readings. */
export async function startAlerts(options: AlertStart): Promise<RunningAlerts> {
  const { clock, monitor, onError } = options;
  const store = new AlertStore({ clock, monitor, ids: randomUUID, onError });
  const reading = readRecord(store, clock, onError);
  const restored = await within(reading.restored, BEGIN_WITHIN_MS, clock);
  const begun = restored ?? nothingRestored(clock.wallMs());
  const alerts = new AlertEngine({ ...options, rules: DEFAULT_RULES, restored: begun, ids: randomUUID, store });
  if (restored === null) void reading.restored.then((late) => alerts.adopt(late));
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

interface RecordReading {
  /** Waits for as long as it takes; never settles once stopped. */
  readonly restored: Promise<RestoredAlerts>;
  readonly stop: () => void;
}

function readRecord(store: AlertStore, clock: Clock, onError: (error: unknown) => void): RecordReading {
  let isStopped = false;
  let retry: TimerHandle | null = null;
  const restored = new Promise<RestoredAlerts>((resolve) => {
    const attempt = (failures: number): void => {
      store.restore().then(
        (found) => {
          if (!isStopped) resolve(found);
        },
        (error: unknown) => {
          if (isStopped) return;
          onError(error);
          const waitMs = RETRY_WAITS_MS[Math.min(failures, RETRY_WAITS_MS.length - 1)] ?? 0;
          retry = clock.after(waitMs, () => attempt(failures + 1));
        },
      );
    };
    attempt(0);
  });
  return {
    restored,
    stop() {
      isStopped = true;
      retry?.cancel();
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
