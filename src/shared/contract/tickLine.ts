// The ticks of a collector as the window has them: two texts. Of very many collectors only those in sight are ever taken apart, and
// texts are sent, read and kept at a fraction of what forty small objects each cost. Pure.
import { SLOT_OUTCOMES, type SlotOutcome } from '../domain/collector';
import type { Tick } from './snapshot';

export interface TickLine {
  /** One letter per tick, oldest first: see `outcomeOf`. */
  readonly outcomes: string;
  /**
   * Four figures per tick, all divided by commas: milliseconds since the tick before, what it took, its rows, its slots. What is not
   * known is empty.
   */
  readonly figures: string;
  /** What the first tick counts from. */
  readonly beginsAtMs: number;
  /** 0 where there is no tick. */
  readonly newestAtMs: number;
}

const FIGURES_PER_TICK = 4;
const FIRST_LETTER = 'a'.charCodeAt(0);

/** Joined at once: a text that grows piece by piece is put in order when it is sent, at twice the price of all else here. */
export function tickLineOf(ticks: readonly Tick[]): TickLine {
  const beginsAtMs = ticks[0]?.slotAtMs ?? 0;
  const letters: number[] = [];
  const figures: (number | null)[] = [];
  let newestAtMs = beginsAtMs;
  for (const { slotAtMs, outcome, durationMs, rows, slots } of ticks) {
    letters.push(FIRST_LETTER + SLOT_OUTCOMES.indexOf(outcome));
    figures.push(slotAtMs - newestAtMs, durationMs, rows, slots);
    newestAtMs = slotAtMs;
  }
  return { outcomes: String.fromCharCode(...letters), figures: figures.join(','), beginsAtMs, newestAtMs };
}

export function ticksOf({ outcomes, figures, beginsAtMs }: TickLine): readonly Tick[] {
  const texts = figures.split(',');
  let slotAtMs = beginsAtMs;
  return Array.from(outcomes, (letter, tick) => {
    const at = tick * FIGURES_PER_TICK;
    slotAtMs += Number(texts[at]);
    return {
      slotAtMs,
      outcome: outcomeOf(letter.charCodeAt(0)),
      durationMs: figureOf(texts[at + 1]),
      rows: figureOf(texts[at + 2]),
      slots: Number(texts[at + 3]),
    };
  });
}

/** @param letter its character code */
export function outcomeOf(letter: number): SlotOutcome {
  return SLOT_OUTCOMES[letter - FIRST_LETTER] ?? 'ok';
}

/**
 * The newest `kept` ticks of a line with others behind them.
 * @param added as `tickLineOf` has made it
 */
export function followedBy(line: TickLine, kept: number, added: TickLine): TickLine {
  const stays = newestOf(line, kept);
  if (added.outcomes === '') return stays;
  if (stays.outcomes === '') return added;
  // The first of a new line is told as no time after itself.
  const figures = `${stays.figures},${added.beginsAtMs - stays.newestAtMs}${added.figures.slice(1)}`;
  return { ...stays, outcomes: stays.outcomes + added.outcomes, figures, newestAtMs: added.newestAtMs };
}

/** With every push it is done for all that have changed: nothing is taken apart but what goes. */
function newestOf(line: TickLine, kept: number): TickLine {
  const { outcomes, figures } = line;
  const gone = outcomes.length - kept;
  if (gone === 0) return line;
  if (kept === 0) return tickLineOf([]);
  let { beginsAtMs } = line;
  let at = 0;
  for (let tick = 0; tick < gone; tick += 1) {
    beginsAtMs += Number(figures.slice(at, figures.indexOf(',', at)));
    for (let figure = 0; figure < FIGURES_PER_TICK; figure += 1) at = figures.indexOf(',', at) + 1;
  }
  return { ...line, outcomes: outcomes.slice(gone), figures: figures.slice(at), beginsAtMs };
}

function figureOf(text: string | undefined): number | null {
  return text === undefined || text === '' ? null : Number(text);
}
