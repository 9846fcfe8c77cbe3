// What went wrong, by class: how often, when last, what was said, and the beginning of what the source answered.
import type { ReactNode } from 'react';
import type { ErrorSummary } from '../../../../shared/domain/timeline';
import { Age } from '../age';
import { Part } from './part';
import { rich } from '../../texts/rich';
import { t } from '../../texts/texts';
import classes from './collectorPanel.module.css';

interface ErrorsPartProps {
  readonly errors: readonly ErrorSummary[];
  readonly words: string;
}

export function ErrorsPart({ errors, words }: ErrorsPartProps): ReactNode {
  return (
    <Part title={t('collector.errorsByClass')} aside={words} testId="panel-errors">
      {errors.length === 0 ? (
        <p className={classes.none}>{t('collector.noErrors', { words })}</p>
      ) : (
        <ul className={classes.list}>
          {errors.map((error) => (
            <li key={error.class}>
              <span className={classes.listHead}>
                <strong>{t(`collector.error.${error.class}`)}</strong>
                <span className={classes.faint}>
                  {rich('collector.errorRuns', {
                    runs: t('collector.runs', { count: error.runs }),
                    age: <Age atMs={error.lastAtMs} ago />,
                  })}
                </span>
              </span>
              <span className={classes.words}>{error.message}</span>
              {error.excerpt !== null && (
                <span className={classes.words}>
                  <span className={classes.faint}>{t('collector.itAnswered')} </span>
                  <code className={classes.excerpt}>{error.excerpt}</code>
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Part>
  );
}
