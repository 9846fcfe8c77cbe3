// What is measured of one target: the last day beside the same day a week before. Asked for only once somebody opens it.
import { type ReactNode, useState } from 'react';
import { METRICS, type Target, targetKey } from '../../../../shared/domain/metrics';
import type { WeekLine } from '../../../../shared/domain/series';
import { formatMetric } from '../../../../shared/util/metricAmount';
import { useQuery } from '../../hooks/useQuery';
import { t } from '../../texts/texts';
import { formatChange, measured, meanOf } from './weekFigures';
import plain from '../plainTable.module.css';
import classes from './weekTable.module.css';

const REFRESH_MS = 300_000;

interface WeekProps {
  readonly target: Target;
}

export function WeekTable({ target }: WeekProps): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      className={classes.week}
      data-testid={`week-${target.kind}`}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{t('charts.week')}</summary>
      {isOpen && <Lines target={target} />}
    </details>
  );
}

function Lines({ target }: WeekProps): ReactNode {
  const { data, error } = useQuery('metrics.week', { target }, { everyMs: REFRESH_MS, identity: targetKey(target) });
  if (data === null) return <p className={classes.hint}>{error?.message ?? t('charts.weekReading')}</p>;
  const lines = measured(data.lines);
  if (lines.length === 0) return <p className={classes.hint}>{t('charts.weekEmpty')}</p>;
  return (
    <>
      {lines.every(({ weekBefore }) => weekBefore === null) && <p className={classes.hint}>{t('charts.weekNone')}</p>}
      <table className={plain.table}>
        <caption className="pw-visually-hidden">{t('charts.week')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('charts.weekMeasured')}</th>
            <th scope="col" data-number>
              {t('charts.weekDay')}
            </th>
            <th scope="col" data-number>
              {t('charts.weekBefore')}
            </th>
            <th scope="col" data-number>
              {t('charts.weekChange')}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Row key={line.metric} line={line} />
          ))}
        </tbody>
      </table>
    </>
  );
}

function Row({ line }: { readonly line: WeekLine }): ReactNode {
  const { metric, present, weekBefore } = line;
  const { title, unit } = METRICS[metric];
  return (
    <tr>
      <th scope="row" className={plain.words}>
        {title}
      </th>
      <td data-number>{formatMetric(meanOf(present, unit), unit)}</td>
      <td data-number>{formatMetric(meanOf(weekBefore, unit), unit)}</td>
      <td data-number>{formatChange(line)}</td>
    </tr>
  );
}
