// The report of a recovery: where the replaced file is, what took its place, and what came over table by table.
import type { ReactNode } from 'react';
import type { RecoveryReport } from '../../../../shared/domain/database';
import { formatCount, formatDateTime } from '../../../../shared/util/format';
import { rich } from '../../texts/rich';
import { t } from '../../texts/texts';
import classes from './lists.module.css';

export function RecoveryDetails({ report }: { readonly report: RecoveryReport }): ReactNode {
  const { backup, quarantine, reason, spoolReplayed, tables } = report;
  return (
    <details className={classes.details}>
      <summary>{t('database.report')}</summary>
      <p>
        {rich('database.replacedBecause', {
          reason,
          backup:
            backup === null
              ? t('database.anEmptyDatabase')
              : t('database.theBackupOf', { atMs: formatDateTime(backup.atMs) }),
          spoolReplayed: formatCount(spoolReplayed),
          code: <code className="pw-mono">{quarantine}</code>,
        })}
      </p>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('database.columnTable')}</th>
            <th scope="col" data-number>
              {t('database.readBySqlite')}
            </th>
            <th scope="col" data-number>
              {t('database.foundOnPages')}
            </th>
            <th scope="col" data-number>
              {t('database.back')}
            </th>
            <th scope="col" data-number>
              {t('database.alreadyThere')}
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
