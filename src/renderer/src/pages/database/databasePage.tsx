// Database: what each file holds, how fast it commits, who else locks it, and what its safety nets are doing.
import type { ReactNode } from 'react';
import type { DatabaseName } from '../../../../shared/domain/database';
import { Notice } from '../../components/notice';
import { PageHeader } from '../../components/pageHeader';
import { useSnapshot } from '../../store/selectors';
import { BackupsPanel } from './backupsPanel';
import { DatabaseCard } from './databaseCard';
import { HistoryPanel } from './historyPanel';
import { LocksPanel } from './locksPanel';
import { RetentionPanel } from './retentionPanel';
import { t } from '../../texts/texts';
import classes from './database.module.css';

export function DatabasePage(): ReactNode {
  const names = useSnapshot((snapshot) => snapshot.databases.map((database): DatabaseName => database.name));
  return (
    <div className={classes.page} data-testid="page-database">
      <PageHeader title={t('database.title')} />
      {names.length === 0 ? (
        <Notice title={t('database.opening')}>{t('database.openingHint')}</Notice>
      ) : (
        <>
          <div className={classes.cards}>
            {names.map((name) => (
              <DatabaseCard key={name} name={name} />
            ))}
          </div>
          <div className={classes.cards}>
            <BackupsPanel />
            <LocksPanel />
          </div>
          <RetentionPanel />
          <HistoryPanel />
        </>
      )}
    </div>
  );
}
