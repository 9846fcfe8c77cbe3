// What went wrong, by class: how often, when last, what was said, and the beginning of what the source answered.
import type { ReactNode } from 'react';
import type { RunErrorClass } from '../../../../shared/domain/collector';
import type { ErrorSummary } from '../../../../shared/domain/timeline';
import { formatQuantity } from '../../../../shared/util/format';
import { Age } from '../age';
import { Part } from './part';
import classes from './collectorPanel.module.css';

const CLASS_WORDS: Readonly<Record<RunErrorClass, string>> = {
  throttled: 'Throttled',
  page_limit: 'Beyond the last page',
  not_found: 'Not found',
  bad_request: 'Refused as wrong',
  unauthorised: 'Key refused',
  server: 'Fault of the server',
  network: 'No connection',
  host_down: 'API out of reach',
  timeout: 'No answer in time',
  malformed: 'Not the data that was expected',
  too_large: 'Answer too large',
  storage: 'Database',
  shortfall: 'Parts are missing',
  cancelled: 'Called off',
  internal: 'Mistake of Poolwatch',
};

interface ErrorsPartProps {
  readonly errors: readonly ErrorSummary[];
  readonly words: string;
}

export function ErrorsPart({ errors, words }: ErrorsPartProps): ReactNode {
  return (
    <Part title="Errors by class" aside={words} testId="panel-errors">
      {errors.length === 0 ? (
        <p className={classes.none}>None in the {words}.</p>
      ) : (
        <ul className={classes.list}>
          {errors.map((error) => (
            <li key={error.class}>
              <span className={classes.listHead}>
                <strong>{CLASS_WORDS[error.class]}</strong>
                <span className={classes.faint}>
                  {formatQuantity(error.runs, 'run')}, last <Age atMs={error.lastAtMs} suffix=" ago" />
                </span>
              </span>
              <span className={classes.words}>{error.message}</span>
              {error.excerpt !== null && (
                <span className={classes.words}>
                  <span className={classes.faint}>It answered: </span>
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
