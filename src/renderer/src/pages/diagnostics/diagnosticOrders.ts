// What a person orders about a diagnosis. The page shows what came of it.
import type { DiagnosticStepId } from '../../../../shared/domain/diagnostics';
import { formatBytes } from '../../../../shared/util/format';
import { giveOrder } from '../../components/orders';

/** Null: every step. */
export function runDiagnosis(steps: readonly DiagnosticStepId[] | null): Promise<boolean> {
  return giveOrder({
    name: 'diagnostics.run',
    args: { steps },
    accepted: () => null,
    refused: 'No diagnosis was begun',
  });
}

export function saveDiagnosis(): Promise<boolean> {
  return giveOrder({
    name: 'diagnostics.save',
    args: null,
    accepted: ({ path }) => path && `The diagnosis was saved to ${path}.`,
    refused: 'The diagnosis was not saved',
  });
}

export function copyDiagnosis(): Promise<boolean> {
  return giveOrder({
    name: 'diagnostics.copy',
    args: null,
    accepted: () => 'The diagnosis was copied.',
    refused: 'The diagnosis was not copied',
  });
}

/** Everything that whoever helps may want to know, in one file. */
export function saveBundle(): Promise<boolean> {
  return giveOrder({
    name: 'diagnostics.bundle',
    args: { path: null },
    accepted: ({ path, bytes }) => path && `${formatBytes(bytes)} were written to ${path}. Nothing was sent anywhere.`,
    refused: 'The bundle was not saved',
  });
}
