// A start without a window: only where a tray shows that the program runs. At login the panel may come later than we do.
import type { Clock } from '../../shared/util/clock';

const TRAY_WITHIN_MS = 20_000;
const ASK_EVERY_MS = 1_000;

export interface HiddenStartOptions {
  readonly clock: Clock;
  readonly hasTrayHost: () => Promise<boolean>;
}

/** Resolves with true once there is a tray, with false when none has come. */
export async function trayComes({ clock, hasTrayHost }: HiddenStartOptions): Promise<boolean> {
  const deadlineMs = clock.monotonicMs() + TRAY_WITHIN_MS;
  for (;;) {
    if (await hasTrayHost()) return true;
    if (clock.monotonicMs() >= deadlineMs) return false;
    await new Promise<void>((resolve) => clock.after(ASK_EVERY_MS, resolve));
  }
}
