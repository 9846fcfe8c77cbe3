// What a person orders about a diagnosis. The page shows what came of it.
import type { DiagnosticStepId } from '../../../../shared/domain/diagnostics';
import { formatBytes } from '../../../../shared/util/format';
import { giveOrder } from '../../components/orders';
import { t } from '../../texts/texts';

/** Null: every step. */
export function runDiagnosis(steps: readonly DiagnosticStepId[] | null): Promise<boolean> {
  return giveOrder({
    name: 'diagnostics.run',
    args: { steps },
    accepted: () => null,
    refused: t('diagnostics.notBegun'),
  });
}

export function saveDiagnosis(): Promise<boolean> {
  return giveOrder({
    name: 'diagnostics.save',
    args: null,
    accepted: ({ path }) => path && t('diagnostics.saved', { path }),
    refused: t('diagnostics.notSaved'),
  });
}

export function copyDiagnosis(): Promise<boolean> {
  return giveOrder({
    name: 'diagnostics.copy',
    args: null,
    accepted: () => t('diagnostics.copied'),
    refused: t('diagnostics.notCopied'),
  });
}

/** Everything that whoever helps may want to know, in one file. */
export function saveBundle(): Promise<boolean> {
  return giveOrder({
    name: 'diagnostics.bundle',
    args: { path: null },
    accepted: ({ path, bytes }) => path && t('diagnostics.bundleSaved', { bytes: formatBytes(bytes), path }),
    refused: t('diagnostics.bundleNotSaved'),
  });
}
