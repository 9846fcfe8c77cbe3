// What an import comes to, table by table: how many rows are of use, which were mended, and which are left out and why.
import type { ReactNode } from 'react';
import type { ImportedTable, ImportFinding, ImportReport } from '../../../../../shared/contract/imports';
import { formatCount } from '../../../../../shared/util/format';
import { t } from '../../../texts/texts';
import classes from '../settings.module.css';

interface ImportReportViewProps {
  readonly path: string;
  readonly report: ImportReport;
  /** False while nothing has been stored. */
  readonly stored: boolean;
}

export function ImportReportView({ path, report, stored }: ImportReportViewProps): ReactNode {
  return (
    <>
      <p className={classes.words}>
        <strong>{stored ? t('settings.importedFrom') : t('settings.wouldCome')}</strong>{' '}
        <bdi className="pw-mono">{path}</bdi>
      </p>
      {report.notes.map((note) => (
        <p key={note} className={classes.words}>
          {note}
        </p>
      ))}
      {report.tables.length > 0 && (
        <div className={classes.scroll}>
          <table className={classes.table}>
            <caption className="pw-visually-hidden">{t('settings.importCaption')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('settings.columnFound')}</th>
                <th scope="col">{t('settings.columnBecomes')}</th>
                <th scope="col" data-number>
                  {t('settings.columnRows')}
                </th>
                <th scope="col" data-number>
                  {t('settings.columnUsable')}
                </th>
                <th scope="col" data-number>
                  {t('settings.columnTwice')}
                </th>
                <th scope="col" data-number>
                  {t('settings.columnLeftOut')}
                </th>
              </tr>
            </thead>
            <tbody>
              {report.tables.map((table) => (
                <TableLine key={`${table.from} ${table.into}`} table={table} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function TableLine({ table }: { readonly table: ImportedTable }): ReactNode {
  const { from, into, read, accepted, duplicates, repaired, rejected } = table;
  return (
    <tr data-testid={`import-table-${from}`}>
      <th scope="row">
        <span className={classes.name}>{from}</span>
        <Findings what={t('settings.mended')} findings={repaired} />
        <Findings what={t('settings.leftOut')} findings={rejected} />
      </th>
      <td>{into ?? t('settings.nothingHere')}</td>
      <td data-number>{formatCount(read)}</td>
      <td data-number>{formatCount(accepted)}</td>
      <td data-number>{formatCount(duplicates)}</td>
      <td data-number>{formatCount(rejected.reduce((sum, { count }) => sum + count, 0))}</td>
    </tr>
  );
}

interface FindingsProps {
  readonly what: string;
  readonly findings: readonly ImportFinding[];
}

function Findings({ what, findings }: FindingsProps): ReactNode {
  if (findings.length === 0) return null;
  return (
    <ul className={classes.findings}>
      {findings.map(({ reason, count, samples }) => (
        <li key={reason}>
          {what}, {formatCount(count)}: {reason}
          {samples.length > 0 && <span className={classes.detail}>{samples.join(' · ')}</span>}
        </li>
      ))}
    </ul>
  );
}
