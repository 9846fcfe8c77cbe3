// Who holds or held a lock on a database, now and before: the answer to "what was that, last night?".
import type { ReactNode } from 'react';
import type { DatabaseName, LockHolder, OperationRecord } from '../../../../shared/domain/database';
import { formatDuration } from '../../../../shared/util/format';
import { Age } from '../../components/age';
import { Notice } from '../../components/notice';
import { Panel } from '../../components/panel';
import { useSnapshot } from '../../store/selectors';
import { useUpkeep } from './useUpkeep';
import { rich } from '../../texts/rich';
import { t } from '../../texts/texts';
import classes from './lists.module.css';

const SHOWN = 20;

interface Past {
  readonly database: DatabaseName;
  readonly record: OperationRecord;
}

export function LocksPanel(): ReactNode {
  const present = useSnapshot((snapshot) => snapshot.databases.filter(({ lockedSinceMs }) => lockedSinceMs !== null));
  const past = [...usePast('market'), ...usePast('monitor')]
    .toSorted((a, b) => b.record.atMs - a.record.atMs)
    .slice(0, SHOWN);
  return (
    <Panel title={t('database.locks')} aside={t('database.locksAside')} testId="locks">
      {present.length === 0 && past.length === 0 ? (
        <Notice title={t('database.noLock')}>{t('database.noLockHint')}</Notice>
      ) : (
        <ul className={classes.locks}>
          {present.map(({ name, holder, lockedSinceMs }) => (
            <li key={`now ${name}`} data-now>
              <Lock database={name} holder={holder} deed="holds" />
              <span className={classes.when}>{rich('database.forAge', { age: <Age atMs={lockedSinceMs} /> })}</span>
            </li>
          ))}
          {past.map(({ database, record }) => (
            <li key={`${database} ${record.atMs} ${record.kind}`}>
              <Lock database={database} holder={record.holder} deed={record.kind === 'reader' ? 'read' : 'held'} />
              <span className={classes.when}>
                {record.durationMs === null ? (
                  <Age atMs={record.atMs} ago />
                ) : (
                  rich('database.forDuration', {
                    duration: formatDuration(record.durationMs),
                    age: <Age atMs={record.atMs} ago />,
                  })
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** Locks and long reads that are over, of one database. */
function usePast(database: DatabaseName): readonly Past[] {
  const locks = useUpkeep('database.operations', { database, kind: 'lock', limit: SHOWN });
  const readers = useUpkeep('database.operations', { database, kind: 'reader', limit: SHOWN });
  return [...(locks.data?.operations ?? []), ...(readers.data?.operations ?? [])].map((record) => ({
    database,
    record,
  }));
}

interface LockProps {
  readonly database: DatabaseName;
  readonly holder: LockHolder | null;
  readonly deed: 'holds' | 'held' | 'read';
}

function Lock({ database, holder, deed }: LockProps): ReactNode {
  if (holder === null) {
    return <span>{t(`database.lockDeed.${deed}`, { who: t('outage.unnamedProgram'), database })}</span>;
  }
  return (
    <span className={classes.words}>
      {rich(`database.lockDeed.${holder.certainty === 'exact' ? deed : 'suspected'}`, {
        who: rich('common.programProcess', {
          program: <strong>{holder.program ?? t('common.aProgram')}</strong>,
          pid: holder.pid,
        }),
        database,
      })}
      {holder.command !== null && (
        <code className={classes.command} title={holder.command}>
          {holder.command}
        </code>
      )}
    </span>
  );
}
