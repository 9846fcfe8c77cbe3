// What an element says when the pointer rests on it, as attributes: a text, or a moment, which is put into words only when asked for.
import { formatDateTime, formatUtc } from '../../../../shared/util/format';

const CARRIER = '[data-tip], [data-tip-at]';

/** The nearest element with something to say, from what the pointer is over. */
export function tipTarget(under: EventTarget | null): HTMLElement | null {
  return under instanceof Element ? under.closest<HTMLElement>(CARRIER) : null;
}

/** A line for itself and one for each element around it that has something to say too. */
export function tipText(target: HTMLElement): string {
  const lines: string[] = [];
  for (let at: HTMLElement | null = target; at !== null; at = tipTarget(at.parentElement)) {
    const { tip, tipAt } = at.dataset;
    if (tipAt !== undefined) lines.push(momentText(Number(tipAt)));
    if (tip !== undefined) lines.push(tip);
  }
  return lines.join('\n');
}

/** Local and UTC. */
function momentText(atMs: number): string {
  return `${formatDateTime(atMs)} · ${formatUtc(atMs)}`;
}
