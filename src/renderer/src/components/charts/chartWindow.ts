// The part of a time axis that is looked at: closer, further away, along. Pure; times in milliseconds.

export interface ChartWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * @param factor below 1 is closer
 * @param aboutMs the moment that stays where it is on the screen
 * @param leastMs the closest that still shows something
 */
export function zoomWindow(
  window: ChartWindow,
  full: ChartWindow,
  { factor, aboutMs, leastMs }: { readonly factor: number; readonly aboutMs: number; readonly leastMs: number },
): ChartWindow {
  const span = window.toMs - window.fromMs;
  const wanted = Math.min(full.toMs - full.fromMs, Math.max(leastMs, span * factor));
  const share = (aboutMs - window.fromMs) / span;
  return within({ fromMs: aboutMs - wanted * share, toMs: aboutMs + wanted * (1 - share) }, full);
}

export function panWindow({ fromMs, toMs }: ChartWindow, full: ChartWindow, byMs: number): ChartWindow {
  return within({ fromMs: fromMs + byMs, toMs: toMs + byMs }, full);
}

/** Moved, not cut, so that the span stays as long as there is that much. */
export function within({ fromMs, toMs }: ChartWindow, full: ChartWindow): ChartWindow {
  const span = toMs - fromMs;
  if (span >= full.toMs - full.fromMs) return full;
  const from = Math.min(Math.max(fromMs, full.fromMs), full.toMs - span);
  return { fromMs: from, toMs: from + span };
}
