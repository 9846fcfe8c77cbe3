// Going back to a backup: which one, what it would mean table by table, and what becomes of the rest.
import { Button, Checkbox, Modal, NativeSelect } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { BackupInfo, DatabaseName, RestorePreview } from '../../../../shared/domain/database';
import { formatBytes, formatCount, formatDateTime, formatQuantity, NO_VALUE } from '../../../../shared/util/format';
import { Notice } from '../../components/notice';
import { useQuery } from '../../hooks/useQuery';
import { orderRestore } from './databaseOrders';
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
      title={`Restore ${database}.db from a backup`}
      size={620}
      closeButtonProps={{ 'aria-label': 'Close' }}
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
  if (error !== null) return <Notice title="The backups could not be listed">{error.message}</Notice>;
  if (data === null) return <Notice title="Looking for backups…" />;
  const [newest] = data.backups;
  if (!newest) {
    return (
      <Notice title="There is no backup yet">
        One is made every day when the program has nothing else to do. “Back up now” makes one at once.
      </Notice>
    );
  }
  const chosen = picked ?? newest.name;
  return (
    <div className={classes.body} data-testid="restore-dialog">
      <NativeSelect
        label="Backup"
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
      <Notice title="The backup could not be read" tone="error" action={{ label: 'Try again', run: refresh }}>
        {error.message}
      </Notice>
    );
  }
  if (data === null) return <Notice title="Reading the backup and comparing it…" />;
  if (data.problem !== null) {
    return (
      <Notice title="This backup cannot be restored" tone="error">
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
        label="Bring the newer rows over afterwards"
        description="From the replaced file, in the background. Without it they stay only in that file."
      />
      <p className={classes.kept}>
        The present file is moved to the quarantine folder with its log and is kept.
        {data.spooledBatches > 0 &&
          ` ${formatQuantity(data.spooledBatches, 'batch', 'batches')} in the spool will be stored.`}
      </p>
      <div className={classes.actions}>
        <Button onClick={onClose}>Not now</Button>
        <Button
          variant="filled"
          data-testid="confirm-restore"
          onClick={() => {
            onClose();
            void orderRestore({ database, backup, bringNewer });
          }}
        >
          Restore this backup
        </Button>
      </div>
    </>
  );
}

function Changes({ preview }: { readonly preview: RestorePreview }): ReactNode {
  const { changes, backup } = preview;
  if (changes === null) {
    return <p className={classes.kept}>The present database cannot be read, so nothing can be compared.</p>;
  }
  const shown = changes.filter(({ presentRows, backupRows }) => presentRows > 0 || backupRows > 0);
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <caption className={classes.caption}>
          Intact: SHA-256 {backup.sha256.slice(0, 12)}… is what it was. What the present database has and this backup
          has not:
        </caption>
        <thead>
          <tr>
            <th scope="col">Table</th>
            <th scope="col">In the backup</th>
            <th scope="col">Now</th>
            <th scope="col">Newer now</th>
            <th scope="col">Newest in the backup</th>
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
