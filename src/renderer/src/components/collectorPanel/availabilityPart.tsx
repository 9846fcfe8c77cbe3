// What was promised of the collector and what was kept: three availabilities, and how much of what may fail is used up.
import type { ReactNode } from 'react';
import type { AvailabilityFigure, CollectorAvailability } from '../../../../shared/domain/availability';
import type { CollectorId } from '../../../../shared/domain/collector';
import { formatDuration, formatShare, NO_VALUE } from '../../../../shared/util/format';
import { useQuery } from '../../hooks/useQuery';
import type { ChosenSpan } from '../../hooks/useTimeSpan';
import { rangeInWords } from '../timeRange/rangeWords';
import { Fact, Facts, Part } from './part';
import { t } from '../../texts/texts';
import classes from './collectorPanel.module.css';

/** Reads more than the other parts, and changes slowly. */
const REFRESH_MS = 60_000;

interface AvailabilityPartProps {
  readonly collectorId: CollectorId;
  readonly span: ChosenSpan;
}

export function AvailabilityPart({ collectorId, span }: AvailabilityPartProps): ReactNode {
  const { fromMs, toMs } = span;
  const { data, error } = useQuery('availability.get', { fromMs, toMs }, { everyMs: REFRESH_MS, identity: span.key });
  const figures = data?.collectors.find((each) => each.collectorId === collectorId) ?? null;
  return (
    <Part title={t('collector.availability')} aside={rangeInWords(span.range, span)} testId="panel-availability">
      {figures !== null ? (
        <Figures figures={figures} />
      ) : (
        <p className={classes.none}>
          {error !== null ? error.message : data === null ? t('collector.counting') : t('collector.noRunExpected')}
        </p>
      )}
    </Part>
  );
}

function Figures({ figures }: { readonly figures: CollectorAvailability }): ReactNode {
  const { budget, burnRates } = figures;
  const burning = burnRates.filter(({ isBurning }) => isBurning);
  return (
    <>
      <Facts>
        <Availability label={t('collector.runsInTime')} figure={figures.runs} />
        <Availability label={t('collector.timeItWorked')} figure={figures.time} />
        <Availability label={t('collector.timeItWasFresh')} figure={figures.data} />
        <Fact label={t('collector.budgetUsed')} alarming={(budget.used ?? 0) > 1}>
          {budget.used === null ? NO_VALUE : `${Math.round(budget.used * 100)} %`}
          <span className={classes.factNote}>
            {t('collector.promised', { promise: formatShare(budget.objective) })}
          </span>
        </Fact>
      </Facts>
      {burning.map(({ windowMs, rate }) => (
        <p key={windowMs} className={classes.burning} role="status">
          {t('collector.usedUpFast', { rate: (rate ?? 0).toFixed(1), windowMs: formatDuration(windowMs) })}
        </p>
      ))}
    </>
  );
}

function Availability({ label, figure }: { readonly label: string; readonly figure: AvailabilityFigure }): ReactNode {
  return (
    <Fact label={label}>
      {figure.share === null ? NO_VALUE : formatShare(figure.share)}
      <span className={classes.factNote}>{t('collector.ofObserved', { coverage: formatShare(figure.coverage) })}</span>
    </Fact>
  );
}
