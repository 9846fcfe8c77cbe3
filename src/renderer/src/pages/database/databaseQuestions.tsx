// What is asked before a database is changed, and what is kept of it whatever the answer.
import type { ReactNode } from 'react';
import type { DatabaseStatus } from '../../../../shared/domain/database';
import { ConfirmDialog } from '../../components/confirmDialog';
import type { DatabaseQuestion } from '../../store/overlayStore';
import { orderPlain } from './databaseOrders';
import { RestoreDialog } from './restoreDialog';
import { t } from '../../texts/texts';

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
        title={t('database.compactTitle', { name })}
        confirm={t('database.compact')}
        onClose={onClose}
        onConfirm={() => void orderPlain('database.compact', name)}
      >
        <p>{t('database.compactHint')}</p>
        <p>{t('database.compactHintRows')}</p>
      </ConfirmDialog>
      <ConfirmDialog
        opened={question === 'isolate'}
        title={t('database.takeOutTitle', { name })}
        confirm={t('database.takeOut')}
        onClose={onClose}
        onConfirm={() => void orderPlain('database.isolate', name)}
      >
        <p>{t('database.takeOutHint')}</p>
        <p>{t('database.takeOutHintRows')}</p>
      </ConfirmDialog>
      <ConfirmDialog
        opened={question === 'retention'}
        title={t('database.deleteOldTitle', { name })}
        confirm={t('database.deleteOld')}
        onClose={onClose}
        onConfirm={() => void orderPlain('database.applyRetention', name)}
      >
        <p>{t('database.deleteOldHint')}</p>
      </ConfirmDialog>
      <RestoreDialog database={name} opened={question === 'restore'} onClose={onClose} backup={null} />
    </>
  );
}
