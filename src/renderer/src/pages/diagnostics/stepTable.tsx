// The steps of a diagnosis, each with its verdict as shape and word, what was found, and what to do.
import { ActionIcon, Tooltip } from '@mantine/core';
import { RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  DIAGNOSTIC_TITLES,
  type DiagnosticReport,
  type DiagnosticResult,
  type DiagnosticStepId,
  type DiagnosticVerdict,
} from '../../../../shared/domain/diagnostics';
import { formatDuration, NO_VALUE } from '../../../../shared/util/format';
import { StatusMark, type StatusLook } from '../../components/status/statusMark';
import { t } from '../../texts/texts';
import classes from './diagnostics.module.css';

const LOOKS: Readonly<Record<DiagnosticVerdict, StatusLook>> = {
  ok: { tone: 'ok', wordKey: 'diagnostics.verdict.ok' },
  notice: { tone: 'degraded', wordKey: 'diagnostics.verdict.warning' },
  problem: { tone: 'down', wordKey: 'diagnostics.verdict.problem' },
  timeout: { tone: 'late', wordKey: 'diagnostics.verdict.unknown' },
  skipped: { tone: 'paused', wordKey: 'diagnostics.verdict.skipped' },
};
const LOOKING: StatusLook = { tone: 'running', wordKey: 'diagnostics.verdict.looking' };
const NOT_DONE: StatusLook = { tone: 'none', wordKey: 'diagnostics.verdict.notDone' };

interface StepTableProps {
  readonly report: DiagnosticReport;
  readonly running: boolean;
  readonly onRepeat: (step: DiagnosticStepId) => void;
}

export function StepTable({ report, running, onRepeat }: StepTableProps): ReactNode {
  const results = new Map(report.results.map((result) => [result.step, result]));
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <caption className="pw-visually-hidden">{t('diagnostics.stepsCaption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('diagnostics.columnVerdict')}</th>
            <th scope="col">{t('diagnostics.columnStep')}</th>
            <th scope="col">{t('diagnostics.columnFinding')}</th>
            <th scope="col" data-number>
              {t('diagnostics.columnTook')}
            </th>
            <th scope="col">
              <span className="pw-visually-hidden">{t('diagnostics.columnOrders')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {report.asked.map((step) => (
            <Step
              key={step}
              step={step}
              result={results.get(step) ?? null}
              running={running}
              onRepeat={() => onRepeat(step)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface StepProps {
  readonly step: DiagnosticStepId;
  readonly result: DiagnosticResult | null;
  readonly running: boolean;
  readonly onRepeat: () => void;
}

function Step({ step, result, running, onRepeat }: StepProps): ReactNode {
  const look = result ? LOOKS[result.verdict] : running ? LOOKING : NOT_DONE;
  const title = DIAGNOSTIC_TITLES[step];
  return (
    <tr data-testid={`step-${step}`}>
      <td>
        <StatusMark tone={look.tone} word={t(look.wordKey)} />
      </td>
      <th scope="row">{title}</th>
      <td className={classes.words}>
        {result?.finding ?? NO_VALUE}
        {result?.advice && <p className={classes.advice}>{result.advice}</p>}
      </td>
      <td data-number>{result ? formatDuration(result.durationMs) : NO_VALUE}</td>
      <td className={classes.orders}>
        <Tooltip label={t('diagnostics.lookAgain')}>
          <ActionIcon
            size="sm"
            aria-label={t('diagnostics.lookAgainAt', { title })}
            disabled={running}
            onClick={onRepeat}
          >
            <RotateCw size={13} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </td>
    </tr>
  );
}
