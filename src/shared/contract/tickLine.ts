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
  /** Of the first and of the newest tick; 0 where there is none. */
  readonly firstAtMs: number;
  readonly newestAtMs: number;
}

const FIGURES_PER_TICK = 4;
const FIRST_LETTER = 'a'.charCodeAt(0);

/** Joined at once: a text that grows piece by piece is put in order when it is sent, at twice the price of all else here. */
export function tickLineOf(ticks: readonly Tick[]): TickLine {
  const firstAtMs = ticks[0]?.slotAtMs ?? 0;
  const letters: number[] = [];
  const figures: (number | null)[] = [];
  let newestAtMs = firstAtMs;
  for (const { slotAtMs, outcome, durationMs, rows, slots } of ticks) {
    letters.push(FIRST_LETTER + SLOT_OUTCOMES.indexOf(outcome));
    figures.push(slotAtMs - newestAtMs, durationMs, rows, slots);
    newestAtMs = slotAtMs;
  }
  return { outcomes: String.fromCharCode(...letters), figures: figures.join(','), firstAtMs, newestAtMs };
}

export function ticksOf({ outcomes, figures, firstAtMs }: TickLine): readonly Tick[] {
  const texts = figures.split(',');
  let slotAtMs = firstAtMs;
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

/** The newest `kept` ticks of a line with others behind them. */
export function followedBy(line: TickLine, kept: number, added: TickLine): TickLine {
  const stays = newestOf(line, kept);
  if (added.outcomes === '') return stays;
  if (stays.outcomes === '') return added;
  // The first of a line is told as no time after itself.
  const figures = `${stays.figures},${added.firstAtMs - stays.newestAtMs}${added.figures.slice(1)}`;
  return { ...stays, outcomes: stays.outcomes + added.outcomes, figures, newestAtMs: added.newestAtMs };
}

function newestOf(line: TickLine, kept: number): TickLine {
  const gone = line.outcomes.length - kept;
  if (gone === 0) return line;
  if (kept === 0) return tickLineOf([]);
  let { figures, firstAtMs } = line;
  for (let tick = 0; tick < gone; tick += 1) {
    for (let figure = 0; figure < FIGURES_PER_TICK; figure += 1) figures = figures.slice(figures.indexOf(',') + 1);
    const end = figures.indexOf(',');
    firstAtMs += Number(figures.slice(0, end));
    figures = `0${figures.slice(end)}`;
  }
  return { ...line, outcomes: line.outcomes.slice(gone), figures, firstAtMs };
}

function figureOf(text: string | undefined): number | null {
  return text === undefined || text === '' ? null : Number(text);
}
