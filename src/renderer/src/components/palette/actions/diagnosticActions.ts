// A look at the program's surroundings: all steps, or one.
import { DIAGNOSTIC_STEPS, DIAGNOSTIC_TITLES, type DiagnosticStepId } from '../../../../../shared/domain/diagnostics';
import { copyDiagnosis, runDiagnosis, saveDiagnosis } from '../../../pages/diagnostics/diagnosticOrders';
import { navigate } from '../../../store/route';
import type { PaletteAction, PaletteContext } from '../paletteAction';

export function diagnosticActions({ snapshot }: PaletteContext): readonly PaletteAction[] {
  const latest = snapshot.operations.find(({ kind }) => kind === 'diagnostics');
  const running = latest !== undefined && latest.endedAtMs === null;
  const look = (key: string, title: string, steps: readonly DiagnosticStepId[] | null): PaletteAction => ({
    id: `diagnostics.${key}`,
    group: 'Diagnostics',
    title,
    keywords: 'diagnostics diagnose test',
    ...(running && { refused: 'A diagnosis is under way; the Diagnostics page shows how far.' }),
    run: () => {
      navigate('diagnostics');
      void runDiagnosis(steps);
    },
  });
  const missing = latest === undefined && { refused: 'Nothing was looked at yet: run the diagnostics first.' };
  return [
    look('all', 'Run all diagnostics', null),
    ...DIAGNOSTIC_STEPS.map((step) => look(step, `Diagnose: ${DIAGNOSTIC_TITLES[step]}`, [step])),
    {
      id: 'diagnostics.copy',
      group: 'Diagnostics',
      title: 'Copy the diagnosis',
      ...missing,
      run: () => void copyDiagnosis(),
    },
    {
      id: 'diagnostics.save',
      group: 'Diagnostics',
      title: 'Save the diagnosis…',
      ...missing,
      run: () => void saveDiagnosis(),
    },
  ];
}
