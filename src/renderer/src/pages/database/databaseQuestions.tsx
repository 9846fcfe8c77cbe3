// What is asked before a database is changed, and what is kept of it whatever the answer.
import type { ReactNode } from 'react';
import type { DatabaseStatus } from '../../../../shared/domain/database';
import { ConfirmDialog } from '../../components/confirmDialog';
import type { DatabaseQuestion } from '../../store/overlayStore';
import { orderPlain } from './databaseOrders';
import { RestoreDialog } from './restoreDialog';

interface DatabaseQuestionsProps {
  readonly name: DatabaseStatus['name'];
  /** Null: none is asked. */
  readonly question: DatabaseQuestion | null;
  readonly onClose: () => void;
}

export function DatabaseQuestions({ name, question, onClose }: DatabaseQuestionsProps): ReactNode {
  return (
    <>
      <ConfirmDialog
        opened={question === 'compact'}
        title={`Compact ${name}.db?`}
        confirm="Compact"
        onClose={onClose}
        onConfirm={() => void orderPlain('database.compact', name)}
      >
        <p>The file is written anew without its free pages, proved, and put in place in one step.</p>
        <p>
          Rows that arrive meanwhile are kept in the spool and stored afterwards. If anything fails, the present file
          stays as it is. It needs free room for a second copy for a while.
        </p>
      </ConfirmDialog>
      <ConfirmDialog
        opened={question === 'isolate'}
        title={`Take ${name}.db out of service?`}
        confirm="Take out of service"
        onClose={onClose}
        onConfirm={() => void orderPlain('database.isolate', name)}
      >
        <p>Nothing is written to it until you put it back, not even after a restart.</p>
        <p>Collecting goes on: every row is kept in the spool, on disk, and stored when the database is back.</p>
      </ConfirmDialog>
      <ConfirmDialog
        opened={question === 'retention'}
        title={`Delete old rows of ${name}.db?`}
        confirm="Delete old rows"
        onClose={onClose}
        onConfirm={() => void orderPlain('database.applyRetention', name)}
      >
        <p>
          Rows that are older than the retention settings keep are deleted now instead of at night, a few at a time.
          They stay in backups that were made before.
        </p>
      </ConfirmDialog>
      <RestoreDialog database={name} opened={question === 'restore'} onClose={onClose} backup={null} />
    </>
  );
}
