// The report of a recovery: where the replaced file is, what took its place, and what came over table by table.
import type { ReactNode } from 'react';
import type { RecoveryReport } from '../../../../shared/domain/database';
import { formatCount, formatDateTime } from '../../../../shared/util/format';
import classes from './lists.module.css';

export function RecoveryDetails({ report }: { readonly report: RecoveryReport }): ReactNode {
  const { backup, quarantine, reason, spoolReplayed, tables } = report;
  return (
    <details className={classes.details}>
      <summary>Report</summary>
      <p>
        Replaced because: {reason}. In its place:{' '}
        {backup === null ? 'an empty database' : `the backup of ${formatDateTime(backup.atMs)}`}. Batches from the spool
        since then: {formatCount(spoolReplayed)}. The replaced files and this report are kept in{' '}
        <code className="pw-mono">{quarantine}</code>.
      </p>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Table</th>
            <th scope="col" data-number>
              Read by SQLite
            </th>
            <th scope="col" data-number>
              Found on pages
            </th>
            <th scope="col" data-number>
              Back
            </th>
            <th scope="col" data-number>
              Already there
            </th>
          </tr>
        </thead>
        <tbody>
          {tables.map((table) => (
            <tr key={table.table}>
              <th scope="row" className="pw-mono">
                {table.table}
              </th>
              <td data-number>{formatCount(table.walked)}</td>
              <td data-number>{formatCount(table.scanned)}</td>
              <td data-number>{formatCount(table.recovered)}</td>
              <td data-number>{formatCount(table.alreadyThere)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
