// Does a condition go back and forth? A weighted share of changes among the latest verdicts, as Nagios counts it. Pure.
// https://assets.nagios.com/downloads/nagioscore/docs/nagioscore/4/en/flapping.html

/** Verdicts that are looked at. */
const WINDOW = 21;
const STARTS_AT = 0.25;
const STOPS_AT = 0.1;
/** Observed time without a change before it counts as settled. */
const CALM_MS = 15 * 60_000;
/** Readings that say the same within this time are one verdict: a value read each second is no steadier than one read each minute. */
const SAME_VERDICT_MS = 60_000;
/** The newest change weighs this much more than the average, the oldest as much less. */
const WEIGHT_SPREAD = 0.2;

export interface FlapState {
  /** True for bad; oldest first. */
  readonly verdicts: readonly boolean[];
  /** Observed time of the newest verdict and of the newest change. */
  readonly verdictAtMs: number;
  readonly changedAtMs: number;
  readonly flapping: boolean;
}

export const STEADY: FlapState = { verdicts: [], verdictAtMs: 0, changedAtMs: 0, flapping: false };

/** @param observedMs observed time of the verdict */
export function afterVerdict(state: FlapState, bad: boolean, observedMs: number): FlapState {
  const newest = state.verdicts.at(-1);
  const isRepeated = newest === bad && observedMs - state.verdictAtMs < SAME_VERDICT_MS;
  if (isRepeated && !state.flapping) return state;
  const verdicts = isRepeated ? state.verdicts : [...state.verdicts, bad].slice(-WINDOW);
  const verdictAtMs = isRepeated ? state.verdictAtMs : observedMs;
  const changedAtMs = newest === undefined || newest === bad ? state.changedAtMs : observedMs;
  const score = flapScore(verdicts);
  const isSettled = score <= STOPS_AT && observedMs - changedAtMs >= CALM_MS;
  return { verdicts, verdictAtMs, changedAtMs, flapping: state.flapping ? !isSettled : score >= STARTS_AT };
}

/** 0 for no change in a whole window, 1 for a change at every verdict. */
export function flapScore(verdicts: readonly boolean[]): number {
  const steps = WINDOW - 1;
  const missing = WINDOW - verdicts.length;
  return verdicts.reduce((score, bad, index) => {
    if (index === 0 || bad === verdicts[index - 1]) return score;
    const place = (missing + index - 1) / (steps - 1);
    return score + (1 - WEIGHT_SPREAD + 2 * WEIGHT_SPREAD * place) / steps;
  }, 0);
}
