// Diagnostics: a look at the program's surroundings, step by step, with a verdict and an advice for each.
import { Button, Tooltip } from '@mantine/core';
import { ClipboardCopy, Save, Stethoscope } from 'lucide-react';
import type { ReactNode } from 'react';
import { Age } from '../../components/age';
import { Notice } from '../../components/notice';
import { OperationList } from '../../components/operations/operationList';
import { PageHeader } from '../../components/pageHeader';
import { Panel } from '../../components/panel';
import { useQuery } from '../../hooks/useQuery';
import { useSnapshot } from '../../store/selectors';
import { copyDiagnosis, runDiagnosis, saveDiagnosis } from './diagnosticOrders';
import { StepTable } from './stepTable';
import classes from './diagnostics.module.css';

export function DiagnosticsPage(): ReactNode {
  const operation = useSnapshot(({ operations }) => operations.find(({ kind }) => kind === 'diagnostics') ?? null);
  const running = operation !== null && operation.endedAtMs === null;
  // Each step that ends asks again.
  const trigger = operation && `${operation.id} ${operation.progress?.done ?? 0} ${operation.state}`;
  const { data: report, error } = useQuery('diagnostics.report', null, { trigger });
  return (
    <div className={classes.page} data-testid="page-diagnostics">
      <PageHeader
        title="Diagnostics"
        note={report && !running && report.endedAtMs !== null && <Age atMs={report.endedAtMs} suffix=" ago" />}
      >
        {report && !running && (
          <>
            <Tooltip label="As Markdown, without names, folders or keys">
              <Button
                leftSection={<ClipboardCopy size={14} />}
                data-testid="copy-diagnosis"
                onClick={() => void copyDiagnosis()}
              >
                Copy
              </Button>
            </Tooltip>
            <Button leftSection={<Save size={14} />} data-testid="save-diagnosis" onClick={() => void saveDiagnosis()}>
              Save…
            </Button>
          </>
        )}
        <Button
          variant="filled"
          leftSection={<Stethoscope size={14} />}
          data-testid="run-diagnosis"
          disabled={running}
          onClick={() => void runDiagnosis(null)}
        >
          {running ? 'Looking…' : 'Run all'}
        </Button>
      </PageHeader>
      <Panel title="Steps" aside="at most 20 seconds; looks only, changes nothing" testId="diagnosis">
        {operation && <OperationList operations={[operation]} />}
        {report ? (
          <StepTable report={report} running={running} onRepeat={(step) => void runDiagnosis([step])} />
        ) : (
          <Notice title={error ? 'There is no answer' : 'Nothing was looked at yet'} tone={error ? 'error' : 'plain'}>
            {error?.message ??
              '“Run all” looks at the program, its folder and databases, and the way to the source, and says what to do about what it finds.'}
          </Notice>
        )}
      </Panel>
    </div>
  );
}
