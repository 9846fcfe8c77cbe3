// From what was counted to availability: figures with their coverage, error budgets, and how fast they burn.
import type {
  AvailabilityFigure,
  BurnRate,
  ErrorBudget,
  Objective,
  SlotTally,
} from '../../../shared/domain/availability';
import type { Figure } from '../../../shared/domain/series';

const MINUTE_MS = 60_000;
/** Values of the SRE workbook: 2 % of a month's budget in an hour, 5 % in six. */
export const BURN_RULES = [
  { windowMs: 60 * MINUTE_MS, shortWindowMs: 5 * MINUTE_MS, limit: 14.4 },
  { windowMs: 360 * MINUTE_MS, shortWindowMs: 30 * MINUTE_MS, limit: 6 },
] as const;
/** Of a hundred runs, five may fail; a database may be away for a minute and a half a day. */
export const COLLECTOR_OBJECTIVE = 0.95;
export const DATABASE_OBJECTIVE = 0.999;
/** Fewer failures than this are no rate. */
const MIN_BAD = 3;

/** What worked and what did not, in slots or samples. */
export interface Count {
  readonly good: number;
  readonly bad: number;
}

/** Samples of a lateness, or of a time out of service: 0 is good. */
export function countOf(figure: Figure | null): Count {
  const good = Math.round((figure?.zeroShare ?? 0) * (figure?.n ?? 0));
  return { good, bad: (figure?.n ?? 0) - good };
}

export function timeFigure({ upMs, downMs }: SlotTally, windowMs: number): AvailabilityFigure {
  const observedMs = upMs + downMs;
  return { share: observedMs > 0 ? upMs / observedMs : null, coverage: Math.min(1, observedMs / windowMs) };
}

export function runsFigure({ good, bad, excused }: SlotTally): AvailabilityFigure {
  const counted = good + bad;
  return { share: counted > 0 ? good / counted : null, coverage: counted > 0 ? counted / (counted + excused) : 0 };
}

export function sampledFigure(figure: Figure | null): AvailabilityFigure {
  return { share: figure?.zeroShare ?? null, coverage: figure?.coverage ?? 0 };
}

/** @param of what was counted in the last so many milliseconds */
export function objectiveOf(objective: number, whole: Count, of: (windowMs: number) => Count): Objective {
  return {
    budget: budgetOf(objective, whole),
    burnRates: BURN_RULES.map((rule): BurnRate => {
      const { rate, shortRate, share } = burnIn(objective, rule, of);
      return { ...rule, rate, shortRate, isBurning: share >= 1 };
    }),
  };
}

/** The window in which the budget burns fastest. */
export interface Burn {
  /** From 1 on it burns: the slower of its two rates, in shares of the limit. 0 while too little has failed to be a rate. */
  readonly share: number;
  readonly windowMs: number;
  readonly count: Count;
}

/** @returns null when nothing was observed */
export function fastestBurn(objective: number, of: (windowMs: number) => Count): Burn | null {
  const burns = BURN_RULES.map((rule) => burnIn(objective, rule, of)).filter(({ rate }) => rate !== null);
  return burns.toSorted((a, b) => b.share - a.share)[0] ?? null;
}

interface WindowBurn extends Burn {
  readonly rate: number | null;
  readonly shortRate: number | null;
}

function burnIn(
  objective: number,
  { windowMs, shortWindowMs, limit }: (typeof BURN_RULES)[number],
  of: (windowMs: number) => Count,
): WindowBurn {
  const count = of(windowMs);
  const rate = rateOf(objective, count);
  const shortRate = rateOf(objective, of(shortWindowMs));
  const share = count.bad < MIN_BAD ? 0 : Math.min(rate ?? 0, shortRate ?? 0) / limit;
  return { windowMs, count, rate, shortRate, share };
}

function budgetOf(objective: number, whole: Count): ErrorBudget {
  return { objective, used: rateOf(objective, whole) };
}

/** Share of what went wrong, in shares of what may. */
function rateOf(objective: number, { good, bad }: Count): number | null {
  const total = good + bad;
  return total === 0 ? null : bad / total / (1 - objective);
}
