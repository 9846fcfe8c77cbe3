// When somebody was there to run anything: stretches in which the machine slept or the program was not running, and the rest. Pure.
import type { CollectorEvent } from '../../../shared/domain/collectorEvent';
import type { LaneSpan, TimeSpan } from '../../../shared/domain/timeline';
import { formatDuration } from '../../../shared/util/format';

/** Samples of the storage layer come every five seconds: a longer silence than this is no busy moment. */
export const SILENCE_MS = 60_000;

interface PresenceFacts extends TimeSpan {
  /** Oldest first, with the last before the stretch. */
  readonly events: readonly CollectorEvent[];
  /** Stretches without a sample, and when the first one ever was. */
  readonly gaps: readonly TimeSpan[];
  readonly firstAtMs: number | null;
}

export interface Presence {
  /** Asleep and off, in order. */
  readonly absences: readonly LaneSpan[];
  /** Everything else, from the first sample ever on. */
  readonly watched: readonly TimeSpan[];
}

export function presenceOf(facts: PresenceFacts): Presence {
  const asleep = asleepSpans(facts);
  const off = facts.gaps
    .flatMap((gap) => without(gap, asleep))
    .filter(({ fromMs, toMs }) => toMs - fromMs >= SILENCE_MS)
    .map((gap): LaneSpan => {
      const text = `Poolwatch was not running for ${formatDuration(gap.toMs - gap.fromMs)}.`;
      return { ...gap, state: 'off', text, incidentId: null };
    });
  const absences = [...asleep, ...off].flatMap((span) => clipped(span, facts)).sort((a, b) => a.fromMs - b.fromMs);
  const fromMs = Math.max(facts.fromMs, facts.firstAtMs ?? facts.toMs);
  return { absences, watched: fromMs < facts.toMs ? without({ fromMs, toMs: facts.toMs }, absences) : [] };
}

function asleepSpans({ events, toMs }: PresenceFacts): readonly LaneSpan[] {
  const spans: LaneSpan[] = [];
  let fell: CollectorEvent | null = null;
  for (const event of events) {
    if (event.kind === 'asleep') fell = event;
    if (event.kind === 'woke' && fell !== null) {
      spans.push({ fromMs: fell.atMs, toMs: event.atMs, state: 'asleep', text: fell.cause, incidentId: null });
      fell = null;
    }
  }
  if (fell !== null) spans.push({ fromMs: fell.atMs, toMs, state: 'asleep', text: fell.cause, incidentId: null });
  return spans;
}

/** The parts of a stretch that none of `taken` covers. */
export function without({ fromMs, toMs }: TimeSpan, taken: readonly TimeSpan[]): readonly TimeSpan[] {
  const rest: TimeSpan[] = [];
  let startMs = fromMs;
  for (const span of taken.toSorted((a, b) => a.fromMs - b.fromMs)) {
    if (span.toMs <= startMs || span.fromMs >= toMs) continue;
    if (span.fromMs > startMs) rest.push({ fromMs: startMs, toMs: span.fromMs });
    startMs = Math.max(startMs, span.toMs);
  }
  if (startMs < toMs) rest.push({ fromMs: startMs, toMs });
  return rest;
}

/** The part of a span that lies in a stretch; none when there is none. */
export function clipped<S extends TimeSpan>(span: S, { fromMs, toMs }: TimeSpan): readonly S[] {
  const part = { ...span, fromMs: Math.max(span.fromMs, fromMs), toMs: Math.min(span.toMs, toMs) };
  return part.fromMs < part.toMs ? [part] : [];
}
