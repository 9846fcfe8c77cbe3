// What the end of an incident means for a channel that was, was not or was not yet told of it. Pure.
import type { Delivery } from '../../shared/domain/delivery';
import { formatAge } from '../../shared/util/format';

/** An incident shorter than this that nobody was told of in time is told to nobody. */
export const WORTH_TELLING_MS = 2 * 60_000;

export type EndVerdict =
  /** An attempt is under way, and its outcome decides. */
  | { readonly kind: 'wait' }
  /** The channel knows of the incident and hears of its end. */
  | { readonly kind: 'tell' }
  /** The end is the first that the channel hears, and says how long it was. */
  | { readonly kind: 'tell_late'; readonly note: string }
  | { readonly kind: 'superseded'; readonly reason: string }
  | { readonly kind: 'suppressed'; readonly reason: string };

/**
 * @param earlier what was offered of the same incident since it last ended, with `digested` ones standing as their digest does
 * @param endedAtMs wall time
 * @param isHistoryKnown false while nobody knows what an earlier start has told
 */
export function judgeEnd(earlier: readonly Delivery[], endedAtMs: number, isHistoryKnown: boolean): EndVerdict {
  // One end too many is better than a fault that never ends.
  if (earlier.length === 0 && !isHistoryKnown) return { kind: 'tell' };
  if (earlier.some(({ state }) => state === 'sending')) return { kind: 'wait' };
  if (earlier.some(({ state }) => state === 'sent' || state === 'digested')) return { kind: 'tell' };
  if (earlier.every(({ state }) => state === 'suppressed'))
    return { kind: 'suppressed', reason: 'Its start was not told here, so neither is its end.' };
  const lastedMs = endedAtMs - Math.min(...earlier.map(({ noticeAtMs }) => noticeAtMs));
  return lastedMs > WORTH_TELLING_MS
    ? { kind: 'tell_late', note: `It lasted ${formatAge(lastedMs)}; its start could not be sent in time.` }
    : { kind: 'superseded', reason: 'It was over before its start could be sent.' };
}
