// The backups of all databases: what each holds, and the way back to it.
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { QueryAnswer } from '../../../../shared/contract/queries';
import type { BackupInfo, DatabaseName } from '../../../../shared/domain/database';
import { formatBytes, formatCount } from '../../../../shared/util/format';
import { Age } from '../../components/age';
import { Notice } from '../../components/notice';
import { Panel } from '../../components/panel';
import { orderVerify } from './databaseOrders';
import { RestoreDialog } from './restoreDialog';
import { useUpkeep } from './useUpkeep';
import { t } from '../../texts/texts';
import classes from './lists.module.css';

export function BackupsPanel(): ReactNode {
  const market = useUpkeep('database.backups', { database: 'market' });
  const monitor = useUpkeep('database.backups', { database: 'monitor' });
  const [restoring, setRestoring] = useState<{ readonly database: DatabaseName; readonly backup: string } | null>(null);
  const error = market.error ?? monitor.error;
  const backups = [...listed('market', market.data), ...listed('monitor', monitor.data)];
  return (
    <Panel title={t('database.backups')} aside={t('database.backupsAside')} testId="backups">
      {backups.length === 0 ? (
        <Notice
          title={error ? t('database.backupsNotListed') : t('database.noBackup')}
          tone={error ? 'error' : 'plain'}
        >
          {error?.message ?? t('database.noBackupHint')}
        </Notice>
      ) : (
        <div className={classes.scroll}>
          <table className={classes.table}>
            <caption className="pw-visually-hidden">{t('database.backupsCaption')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('database.columnMade')}</th>
                <th scope="col">{t('database.columnDatabase')}</th>
                <th scope="col" data-number>
                  {t('database.columnSize')}
                </th>
                <th scope="col" data-number>
                  {t('database.columnRows')}
                </th>
                <th scope="col">{t('database.columnHash')}</th>
                <th scope="col">
                  <span className="pw-visually-hidden">{t('database.columnOrders')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {backups
                .toSorted((a, b) => b.backup.atMs - a.backup.atMs)
                .map(({ database, backup }) => (
                  <BackupRow
                    key={backup.name}
                    database={database}
                    backup={backup}
                    onRestore={() => setRestoring({ database, backup: backup.name })}
                  />
                ))}
            </tbody>
          </table>
        </div>
      )}
      <RestoreDialog
        database={restoring?.database ?? 'market'}
        backup={restoring?.backup ?? null}
        opened={restoring !== null}
        onClose={() => setRestoring(null)}
      />
    </Panel>
  );
}

function listed(database: DatabaseName, data: QueryAnswer<'database.backups'> | null) {
  return (data?.backups ?? []).map((backup) => ({ database, backup }));
}

interface BackupRowProps {
  readonly database: DatabaseName;
  readonly backup: BackupInfo;
  readonly onRestore: () => void;
}

function BackupRow({ database, backup, onRestore }: BackupRowProps): ReactNode {
  const { atMs, bytes, name, sha256, tables } = backup;
  return (
    <tr>
      <td>
        <Age atMs={atMs} short ago />
      </td>
      <td>{database}</td>
      <td data-number>{formatBytes(bytes)}</td>
      <td data-number>{formatCount(tables.reduce((sum, { rows }) => sum + rows, 0))}</td>
      <td className="pw-mono" title={sha256}>
        {sha256.slice(0, 8)}
      </td>
      <td className={classes.orders}>
        <Button
          size="compact-xs"
          aria-label={t('database.verifyOne', { name })}
          onClick={() => void orderVerify(database, name)}
        >
          {t('database.verify')}
        </Button>
        <Button size="compact-xs" aria-label={t('database.restoreOne', { name })} onClick={onRestore}>
          {t('database.restoreAsk')}
        </Button>
      </td>
    </tr>
  );
}
