// Going back to a backup: which one, what it would mean table by table, and what becomes of the rest.
import { Button, Checkbox, Modal, NativeSelect } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { BackupInfo, DatabaseName, RestorePreview } from '../../../../shared/domain/database';
import { formatBytes, formatCount, formatDateTime, NO_VALUE } from '../../../../shared/util/format';
import { Notice } from '../../components/notice';
import { useQuery } from '../../hooks/useQuery';
import { orderRestore } from './databaseOrders';
import { t } from '../../texts/texts';
import classes from './restoreDialog.module.css';

interface RestoreDialogProps {
  readonly database: DatabaseName;
  /** The one to begin with; null: the newest. */
  readonly backup: string | null;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function RestoreDialog({ database, backup, opened, onClose }: RestoreDialogProps): ReactNode {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('database.restoreTitle', { database })}
      size={620}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {opened && <Choice database={database} first={backup} onClose={onClose} />}
    </Modal>
  );
}

interface ChoiceProps {
  readonly database: DatabaseName;
  readonly first: string | null;
  readonly onClose: () => void;
}

function Choice({ database, first, onClose }: ChoiceProps): ReactNode {
  const { data, error } = useQuery('database.backups', { database });
  const [picked, setPicked] = useState(first);
  if (error !== null) return <Notice title={t('database.backupsNotListed')}>{error.message}</Notice>;
  if (data === null) return <Notice title={t('database.lookingForBackups')} />;
  const [newest] = data.backups;
  if (!newest) {
    return <Notice title={t('database.noBackupThere')}>{t('database.noBackupThereHint')}</Notice>;
  }
  const chosen = picked ?? newest.name;
  return (
    <div className={classes.body} data-testid="restore-dialog">
      <NativeSelect
        label={t('database.backup')}
        data-autofocus
        data-testid="restore-backup"
        value={chosen}
        onChange={(event) => setPicked(event.currentTarget.value)}
        data={data.backups.map((backup) => ({ value: backup.name, label: labelOf(backup) }))}
      />
      <Preview key={chosen} database={database} backup={chosen} onClose={onClose} />
    </div>
  );
}

function labelOf({ atMs, bytes }: BackupInfo): string {
  return `${formatDateTime(atMs)} · ${formatBytes(bytes)}`;
}

interface PreviewProps {
  readonly database: DatabaseName;
  readonly backup: string;
  readonly onClose: () => void;
}

function Preview({ database, backup, onClose }: PreviewProps): ReactNode {
  const { data, error, refresh } = useQuery('database.restorePreview', { database, backup });
  const [bringNewer, setBringNewer] = useState(true);
  if (error !== null) {
    return (
      <Notice
        title={t('database.backupUnreadable')}
        tone="error"
        action={{ label: t('common.tryAgain'), run: refresh }}
      >
        {error.message}
      </Notice>
    );
  }
  if (data === null) return <Notice title={t('database.comparing')} />;
  if (data.problem !== null) {
    return (
      <Notice title={t('database.notRestorable')} tone="error">
        {data.problem}
      </Notice>
    );
  }
  return (
    <>
      <Changes preview={data} />
      <Checkbox
        checked={bringNewer}
        onChange={(event) => setBringNewer(event.currentTarget.checked)}
        data-testid="bring-newer"
        label={t('database.bringNewer')}
        description={t('database.bringNewerHint')}
      />
      <p className={classes.kept}>
        {t('database.presentIsKept')}
        {data.spooledBatches > 0 && ` ${t('database.spoolStored', { count: data.spooledBatches })}`}
      </p>
      <div className={classes.actions}>
        <Button onClick={onClose}>{t('common.notNow')}</Button>
        <Button
          variant="filled"
          data-testid="confirm-restore"
          onClick={() => {
            onClose();
            void orderRestore({ database, backup, bringNewer });
          }}
        >
          {t('database.restoreThis')}
        </Button>
      </div>
    </>
  );
}

function Changes({ preview }: { readonly preview: RestorePreview }): ReactNode {
  const { changes, backup } = preview;
  if (changes === null) {
    return <p className={classes.kept}>{t('database.nothingToCompare')}</p>;
  }
  const shown = changes.filter(({ presentRows, backupRows }) => presentRows > 0 || backupRows > 0);
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <caption className={classes.caption}>{t('database.intact', { sha256: backup.sha256.slice(0, 12) })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('database.columnTable')}</th>
            <th scope="col">{t('database.inTheBackup')}</th>
            <th scope="col">{t('database.inDatabaseNow')}</th>
            <th scope="col">{t('database.newerNow')}</th>
            <th scope="col">{t('database.newestInBackup')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((table) => (
            <tr key={table.name}>
              <th scope="row" className="pw-mono">
                {table.name}
              </th>
              <td>{formatCount(table.backupRows)}</td>
              <td>{formatCount(table.presentRows)}</td>
              <td data-some={table.newerRows > 0 || undefined}>{formatCount(table.newerRows)}</td>
              <td>{table.backupNewestAtMs === null ? NO_VALUE : formatDateTime(table.backupNewestAtMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
