// Time as a dependency: every part that waits or measures takes a Clock, so tests can move time by hand.
// Wall time is for what people read; monotonic time is for durations and due times, because a wall clock jumps.

export interface TimerHandle {
  cancel(): void;
}

export interface Clock {
  /** Milliseconds since the Unix epoch, UTC. May jump in both directions. */
  wallMs(): number;
  /** Milliseconds since an arbitrary start. Never goes backwards. */
  monotonicMs(): number;
  /** Calls `action` once after `delayMs` of monotonic time. */
  after(delayMs: number, action: () => void): TimerHandle;
}
