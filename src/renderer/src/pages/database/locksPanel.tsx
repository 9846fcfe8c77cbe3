// Who holds or held a lock on a database, now and before: the answer to "what was that, last night?".
import type { ReactNode } from 'react';
import type { DatabaseName, LockHolder, OperationRecord } from '../../../../shared/domain/database';
import { formatDuration } from '../../../../shared/util/format';
import { Age } from '../../components/age';
import { Notice } from '../../components/notice';
import { Panel } from '../../components/panel';
import { useSnapshot } from '../../store/selectors';
import { useUpkeep } from './useUpkeep';
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
    <Panel title="Locks" aside="programs that kept a database from us" testId="locks">
      {present.length === 0 && past.length === 0 ? (
        <Notice title="No lock has lasted">
          When another program keeps a database for longer than a moment, it is named here: process, program, command.
        </Notice>
      ) : (
        <ul className={classes.locks}>
          {present.map(({ name, holder, lockedSinceMs }) => (
            <li key={`now ${name}`} data-now>
              <Lock database={name} holder={holder} words="holds the write lock" />
              <span className={classes.when}>
                for <Age atMs={lockedSinceMs} />
              </span>
            </li>
          ))}
          {past.map(({ database, record }) => (
            <li key={`${database} ${record.atMs} ${record.kind}`}>
              <Lock
                database={database}
                holder={record.holder}
                words={record.kind === 'reader' ? 'kept the log by a long read' : 'held the write lock'}
              />
              <span className={classes.when}>
                {record.durationMs !== null && `for ${formatDuration(record.durationMs)}, `}
                <Age atMs={record.atMs} suffix=" ago" />
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
  readonly words: string;
}

function Lock({ database, holder, words }: LockProps): ReactNode {
  if (holder === null) {
    return (
      <span>
        A program that this system does not name {words} of {database}.db
      </span>
    );
  }
  return (
    <span className={classes.words}>
      <strong>{holder.program ?? 'a program'}</strong> (process {holder.pid}){' '}
      {holder.certainty === 'exact' ? words : 'has the file open, and may be the one that held it'} of {database}.db
      {holder.command !== null && (
        <code className={classes.command} title={holder.command}>
          {holder.command}
        </code>
      )}
    </span>
  );
}
