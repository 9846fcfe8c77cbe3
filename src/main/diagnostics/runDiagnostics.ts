// Runs the steps in lanes side by side (this machine, its desktop, each database, the way to the source), each step within its cap; whatever one of
// them does, the others are told. The caps of a lane add up to less than the 20 s that a whole run may take.
import {
  DIAGNOSTIC_STEPS,
  DIAGNOSTIC_TITLES,
  type DiagnosticFinding,
  type DiagnosticReport,
  type DiagnosticResult,
  type DiagnosticStepId,
} from '../../shared/domain/diagnostics';
import type { LongWork } from '../../shared/domain/operation';
import { formatDuration } from '../../shared/util/format';
import { DATABASE_STEPS } from './steps/databaseSteps';
import { DESKTOP_STEPS } from './steps/desktopSteps';
import { LOCAL_STEPS } from './steps/localSteps';
import { NETWORK_STEPS } from './steps/networkSteps';
import { type DiagnosticStep, type DiagnosticSubject, found, type Ladder } from './step';

const LANES: readonly (readonly DiagnosticStep[])[] = [
  LOCAL_STEPS,
  DESKTOP_STEPS,
  ...DATABASE_STEPS.map((step) => [step]),
  NETWORK_STEPS,
];

/**
 * @param asked which steps; in the network lane a step still looks at what it builds on
 * @param onReport hears of every step that ends
 * @returns the whole report; rejects only when the work is called off
 */
export async function runDiagnostics(
  subject: DiagnosticSubject,
  asked: readonly DiagnosticStepId[],
  work: LongWork,
  onReport: (report: DiagnosticReport) => void,
): Promise<DiagnosticReport> {
  const wanted = DIAGNOSTIC_STEPS.filter((id) => asked.includes(id));
  const startedAtMs = subject.wallMs();
  const ladder: Ladder = { addresses: [], reached: false, sourceTime: null };
  const results = new Map<DiagnosticStepId, DiagnosticResult>();
  const report = (endedAtMs: number | null): DiagnosticReport => ({
    startedAtMs,
    endedAtMs,
    asked: wanted,
    results: wanted.flatMap((id) => results.get(id) ?? []),
  });
  const note = (step: string | null): void =>
    work.onProgress({ done: results.size, total: wanted.length, unit: 'steps', step });
  onReport(report(null));
  note(null);
  await Promise.all(
    LANES.map(async (lane) => {
      const last = lane.findLastIndex(({ id }) => wanted.includes(id));
      for (const step of lane.slice(0, last + 1)) {
        const needed = wanted.includes(step.id) || lane === NETWORK_STEPS;
        if (!needed || work.signal.aborted) continue;
        const result = await perform(step, subject, work.signal, ladder);
        if (!wanted.includes(step.id)) continue;
        results.set(step.id, result);
        note(result.title);
        onReport(report(null));
      }
    }),
  );
  const ended = report(subject.wallMs());
  onReport(ended);
  if (work.signal.aborted) throw new Error('The diagnosis was called off.');
  return ended;
}

async function perform(
  step: DiagnosticStep,
  subject: DiagnosticSubject,
  signal: AbortSignal,
  ladder: Ladder,
): Promise<DiagnosticResult> {
  const beganMs = subject.monotonicMs();
  const capped = AbortSignal.any([signal, AbortSignal.timeout(step.capMs)]);
  const finding = await Promise.race([
    step.look(subject, capped, ladder).catch((error: unknown) => failure(step, error, capped)),
    whenAborted(capped).then(() => overtime(step)),
  ]);
  return { step: step.id, title: DIAGNOSTIC_TITLES[step.id], ...finding, durationMs: subject.monotonicMs() - beganMs };
}

function failure(step: DiagnosticStep, error: unknown, capped: AbortSignal): DiagnosticFinding {
  if (capped.aborted) return overtime(step);
  const words = error instanceof Error ? error.message : String(error);
  return found('problem', words, {}, 'The other steps went on; the log file may tell more.');
}

function overtime({ capMs }: DiagnosticStep): DiagnosticFinding {
  return found('timeout', `No answer within ${formatDuration(capMs)}.`, {}, 'Try this step alone in a minute.');
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
