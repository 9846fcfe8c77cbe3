// A look at the program's surroundings: all steps, or one.
import { DIAGNOSTIC_STEPS, DIAGNOSTIC_TITLES, type DiagnosticStepId } from '../../../../../shared/domain/diagnostics';
import { copyDiagnosis, runDiagnosis, saveDiagnosis } from '../../../pages/diagnostics/diagnosticOrders';
import { navigate } from '../../../store/route';
import type { PaletteAction, PaletteContext } from '../paletteAction';
import { t } from '../../../texts/texts';

export function diagnosticActions({ snapshot }: PaletteContext): readonly PaletteAction[] {
  const latest = snapshot.operations.find(({ kind }) => kind === 'diagnostics');
  const running = latest !== undefined && latest.endedAtMs === null;
  const look = (key: string, title: string, steps: readonly DiagnosticStepId[] | null): PaletteAction => ({
    id: `diagnostics.${key}`,
    group: 'diagnostics',
    title,
    keywords: t('palette.diagnosticWords'),
    ...(running && { refused: t('palette.diagnosisUnderWay') }),
    run: () => {
      navigate('diagnostics');
      void runDiagnosis(steps);
    },
  });
  const missing = latest === undefined && { refused: t('palette.nothingDiagnosed') };
  return [
    look('all', t('palette.runDiagnostics'), null),
    ...DIAGNOSTIC_STEPS.map((step) => look(step, t('palette.diagnoseOne', { title: DIAGNOSTIC_TITLES[step] }), [step])),
    {
      id: 'diagnostics.copy',
      group: 'diagnostics',
      title: t('palette.copyDiagnosis'),
      ...missing,
      run: () => void copyDiagnosis(),
    },
    {
      id: 'diagnostics.save',
      group: 'diagnostics',
      title: t('palette.saveDiagnosis'),
      ...missing,
      run: () => void saveDiagnosis(),
    },
  ];
}
