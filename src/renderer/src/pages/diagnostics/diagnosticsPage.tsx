// Diagnostics: a look at the program's surroundings, step by step, with a verdict and an advice for each; and the log.
import { Button, Tabs, Tooltip } from '@mantine/core';
import { ClipboardCopy, FileArchive, Save, Stethoscope } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Age } from '../../components/age';
import { Notice } from '../../components/notice';
import { OperationList } from '../../components/operations/operationList';
import { PageHeader } from '../../components/pageHeader';
import { Panel } from '../../components/panel';
import { WeekTable } from '../../components/week/weekTable';
import { useQuery } from '../../hooks/useQuery';
import { openLog, readLogRoute } from '../../store/logRoute';
import { navigate, useRoute } from '../../store/route';
import { useSnapshot } from '../../store/selectors';
import { copyDiagnosis, runDiagnosis, saveBundle, saveDiagnosis } from './diagnosticOrders';
import { LogView } from './log/logView';
import { StepTable } from './stepTable';
import { t } from '../../texts/texts';
import classes from './diagnostics.module.css';

export function DiagnosticsPage(): ReactNode {
  const { isLog, runId } = readLogRoute(useRoute().itemId);
  const operation = useSnapshot(({ operations }) => operations.find(({ kind }) => kind === 'diagnostics') ?? null);
  const running = operation !== null && operation.endedAtMs === null;
  // Each step that ends asks again.
  const trigger = operation && `${operation.id} ${operation.progress?.done ?? 0} ${operation.state}`;
  const { data: report, error } = useQuery('diagnostics.report', null, { trigger });
  return (
    <div className={classes.page} data-testid="page-diagnostics">
      <PageHeader
        title={t('diagnostics.title')}
        note={!isLog && report && !running && report.endedAtMs !== null && <Age atMs={report.endedAtMs} ago />}
      >
        {!isLog && (
          <>
            {report && !running && <ReportTools />}
            <Button
              variant="filled"
              leftSection={<Stethoscope size={14} />}
              data-testid="run-diagnosis"
              disabled={running}
              onClick={() => void runDiagnosis(null)}
            >
              {running ? t('diagnostics.looking') : t('diagnostics.runAll')}
            </Button>
          </>
        )}
      </PageHeader>
      <Tabs
        className={classes.tabs}
        value={isLog ? 'log' : 'steps'}
        onChange={(value) => (value === 'log' ? openLog() : navigate('diagnostics'))}
        keepMounted={false}
      >
        <Tabs.List>
          <Tabs.Tab value="steps" data-testid="diagnostics-steps">
            {t('diagnostics.steps')}
          </Tabs.Tab>
          <Tabs.Tab value="log" data-testid="diagnostics-log">
            {t('diagnostics.log')}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="steps" className={classes.section}>
          <Panel title={t('diagnostics.steps')} aside={t('diagnostics.stepsAside')} testId="diagnosis">
            {operation && <OperationList operations={[operation]} />}
            {report ? (
              <StepTable report={report} running={running} onRepeat={(step) => void runDiagnosis([step])} />
            ) : (
              <Notice
                title={error ? t('common.noAnswer') : t('diagnostics.nothingYet')}
                tone={error ? 'error' : 'plain'}
              >
                {error?.message ?? t('diagnostics.nothingYetHint')}
              </Notice>
            )}
          </Panel>
          <Measured />
        </Tabs.Panel>
        <Tabs.Panel value="log" className={classes.section}>
          <LogView runId={runId} />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

/** What is measured of the program itself and of the hosts that it calls. */
function Measured(): ReactNode {
  const hosts = useSnapshot((snapshot) => snapshot.hosts);
  return (
    <Panel title={t('diagnostics.measured')} testId="measured">
      <div className={classes.measured}>
        <h3>{t('diagnostics.measuredApp')}</h3>
        <WeekTable target={{ kind: 'app', id: 'main' }} />
        {hosts.map(({ host }) => (
          <div key={host}>
            <h3>{host}</h3>
            <WeekTable target={{ kind: 'host', id: host }} />
          </div>
        ))}
      </div>
    </Panel>
  );
}

/** What can be done with a finished report. */
function ReportTools(): ReactNode {
  return (
    <>
      <Tooltip label={t('diagnostics.markdownHint')}>
        <Button
          leftSection={<ClipboardCopy size={14} />}
          data-testid="copy-diagnosis"
          onClick={() => void copyDiagnosis()}
        >
          {t('diagnostics.copy')}
        </Button>
      </Tooltip>
      <Button leftSection={<Save size={14} />} data-testid="save-diagnosis" onClick={() => void saveDiagnosis()}>
        {t('diagnostics.saveAsk')}
      </Button>
      <BundleButton />
    </>
  );
}

/** Everything that whoever helps may want to know, in one file. */
function BundleButton(): ReactNode {
  const [writing, setWriting] = useState(false);
  const write = async (): Promise<void> => {
    setWriting(true);
    await saveBundle();
    setWriting(false);
  };
  return (
    <Tooltip label={t('diagnostics.bundleHint')}>
      <Button
        leftSection={<FileArchive size={14} />}
        data-testid="save-bundle"
        loading={writing}
        onClick={() => void write()}
      >
        {t('diagnostics.saveBundle')}
      </Button>
    </Tooltip>
  );
}
