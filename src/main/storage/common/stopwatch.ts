// One monotonic clock that all threads of the process share, so stamps taken on both sides of a port can be subtracted.
// (`performance.now` counts from each thread's own start.)

export function nowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
