// What is asked of a page from outside, as expressions: when something has been painted, how long frames and tasks took, how long
// a key waited for its picture.

/** Event Timing tells of nothing faster. */
export const FASTEST_TOLD_MS = 16;

export interface Recording {
  /** From frame to frame, milliseconds. */
  readonly frames: readonly number[];
  /** Tasks of more than 50 ms, by the page's clock. */
  readonly tasks: readonly { readonly atMs: number; readonly forMs: number }[];
  /** From each key to the picture with its effect; those that took less than `FASTEST_TOLD_MS` are absent. */
  readonly keys: readonly number[];
  readonly fromMs: number;
  readonly toMs: number;
}

/** Wall time at which a frame with what `selector` names was on its way to the screen; waits for it. */
export function paintedAt(selector: string): string {
  return `new Promise((done) => {
    const look = () => {
      if (document.querySelector(${JSON.stringify(selector)}) === null) return requestAnimationFrame(look);
      const after = new MessageChannel();
      after.port1.onmessage = () => done(performance.timeOrigin + performance.now());
      requestAnimationFrame(() => after.port2.postMessage(null));
    };
    look();
  })`;
}

export const START_RECORDING = `(() => {
  const frames = [], tasks = [], keys = [], fromMs = performance.now();
  let last = null, on = true;
  const step = (now) => {
    if (last !== null) frames.push(now - last);
    last = now;
    if (on) requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
  const noteTasks = (list) => tasks.push(...list.map(({ startTime, duration }) => ({ atMs: startTime, forMs: duration })));
  const noteKeys = (list) => keys.push(...list.filter(({ name }) => name === 'keydown').map(({ duration }) => duration));
  const watch = (note, options) => {
    const observer = new PerformanceObserver((list) => note(list.getEntries()));
    observer.observe(options);
    return () => { note(observer.takeRecords()); observer.disconnect(); };
  };
  const stops = [
    watch(noteTasks, { type: 'longtask' }),
    watch(noteKeys, { type: 'event', durationThreshold: ${FASTEST_TOLD_MS} }),
  ];
  globalThis.benchRecording = () => {
    on = false;
    for (const stop of stops) stop();
    return { frames, tasks, keys, fromMs, toMs: performance.now() };
  };
})()`;

export const STOP_RECORDING = 'globalThis.benchRecording()';

const SLICE_MS = 100;

/** Of each tenth of a second the longest task that began in it; 0 where none took more than 50 ms. */
export function longestTasks({ tasks, fromMs, toMs }: Recording): readonly number[] {
  const slices = Array.from({ length: Math.max(1, Math.ceil((toMs - fromMs) / SLICE_MS)) }, () => 0);
  for (const { atMs, forMs } of tasks) {
    const at = Math.floor((atMs - fromMs) / SLICE_MS);
    if (at >= 0 && at < slices.length) slices[at] = Math.max(slices[at] ?? 0, forMs);
  }
  return slices;
}

/** One figure for each key that was pressed. */
export function keyLatencies({ keys }: Recording, pressed: number): readonly number[] {
  return [...keys, ...Array.from({ length: Math.max(0, pressed - keys.length) }, () => FASTEST_TOLD_MS)];
}
