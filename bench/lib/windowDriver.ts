// Turns a wheel and presses keys in a page, as a person does but steadily, and records what the page makes of it.
import type { ElectronProgram } from './devtools';
import { wait } from './measure';
import { type Recording, START_RECORDING, STOP_RECORDING } from './pageProbe';

const WHEEL_EVERY_MS = 16;
/** After which the wheel turns the other way. */
const TURN_AFTER_MS = 4_000;
const KEY_EVERY_MS = 150;

export interface Wheel {
  readonly forMs: number;
  /** Pixels a turn. */
  readonly step: number;
}

/** In the middle of the page. */
export async function recordScrolling(program: ElectronProgram, { forMs, step }: Wheel): Promise<Recording> {
  const { x, y } = await middleOf(program);
  await program.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y });
  return await record(program, async () => {
    const startedMs = performance.now();
    for (let passedMs = 0; passedMs < forMs; passedMs = performance.now() - startedMs) {
      const deltaY = Math.floor(passedMs / TURN_AFTER_MS) % 2 === 0 ? step : -step;
      // Not waited for: a wheel does not ask whether the page keeps up.
      program.send('Input.dispatchMouseEvent', { type: 'mouseWheel', x, y, deltaX: 0, deltaY }).catch(() => undefined);
      await wait(WHEEL_EVERY_MS);
    }
  });
}

export async function recordKeys(program: ElectronProgram, keys: readonly string[]): Promise<Recording> {
  return await record(program, async () => {
    for (const key of keys) {
      const code = `Key${key.toUpperCase()}`;
      const windowsVirtualKeyCode = key.toUpperCase().charCodeAt(0);
      await program.send('Input.dispatchKeyEvent', { type: 'keyDown', key, code, text: key, windowsVirtualKeyCode });
      await program.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code, windowsVirtualKeyCode });
      await wait(KEY_EVERY_MS);
    }
  });
}

/** Megabytes of the page's objects that are still in use. */
export async function heapMb(program: ElectronProgram): Promise<number> {
  await program.send('HeapProfiler.collectGarbage');
  const { usedSize } = (await program.send('Runtime.getHeapUsage')) as { readonly usedSize: number };
  return usedSize / 1_024 / 1_024;
}

async function record(program: ElectronProgram, act: () => Promise<void>): Promise<Recording> {
  await program.evaluate(START_RECORDING);
  await act();
  // Of what has been pressed last, the picture may still be under way.
  await wait(KEY_EVERY_MS);
  return await program.evaluate<Recording>(STOP_RECORDING);
}

async function middleOf(program: ElectronProgram): Promise<{ readonly x: number; readonly y: number }> {
  return await program.evaluate('({ x: Math.round(innerWidth / 2), y: Math.round(innerHeight * 0.7) })');
}
