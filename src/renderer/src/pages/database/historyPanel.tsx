// What the storage layer did and suffered, newest first: the operations log of all databases, by kind.
import { NativeSelect } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { QueryAnswer } from '../../../../shared/contract/queries';
import {
  type DatabaseName,
  OPERATION_KINDS,
  type OperationKind,
  type OperationOutcome,
  type OperationRecord,
} from '../../../../shared/domain/database';
import { formatDateTime, formatDuration, formatUtc, NO_VALUE } from '../../../../shared/util/format';
import { Notice } from '../../components/notice';
import { Panel } from '../../components/panel';
import { StatusMark, type StatusTone } from '../../components/status/statusMark';
import { RecoveryDetails } from './recoveryDetails';
import { useUpkeep } from './useUpkeep';
import classes from './lists.module.css';

const SHOWN = 100;

export const KIND_WORDS: Readonly<Record<OperationKind, string>> = {
  lock: 'Lock',
  reader: 'Long read',
  breaker: 'Breaker',
  thread: 'Thread',
  files: 'Files',
  recovery: 'Recovery',
  backup: 'Backup',
  verify: 'Verification',
  check: 'Check',
  checkpoint: 'Checkpoint',
  compact: 'Compaction',
  restore: 'Restore',
  retention: 'Retention',
};

const OUTCOMES: Readonly<Record<OperationOutcome, { readonly tone: StatusTone; readonly word: string }>> = {
  ok: { tone: 'ok', word: 'OK' },
  failed: { tone: 'down', word: 'Failed' },
  cancelled: { tone: 'paused', word: 'Called off' },
};

const EVERY_KIND = 'all';

export function HistoryPanel(): ReactNode {
  const [kind, setKind] = useState<OperationKind | null>(null);
  const market = useUpkeep('database.operations', { database: 'market', kind, limit: SHOWN });
  const monitor = useUpkeep('database.operations', { database: 'monitor', kind, limit: SHOWN });
  const error = market.error ?? monitor.error;
  const records = [...listed('market', market.data), ...listed('monitor', monitor.data)]
    .toSorted((a, b) => b.record.atMs - a.record.atMs)
    .slice(0, SHOWN);
  return (
    <Panel
      title="What was done and what happened"
      testId="operations-log"
      aside={
        <NativeSelect
          size="xs"
          aria-label="Kind of entry"
          data-testid="operations-kind"
          value={kind ?? EVERY_KIND}
          onChange={(event) => setKind(OPERATION_KINDS.find((known) => known === event.currentTarget.value) ?? null)}
          data={[
            { value: EVERY_KIND, label: 'Everything' },
            ...OPERATION_KINDS.map((value) => ({ value, label: KIND_WORDS[value] })),
          ]}
        />
      }
    >
      {records.length === 0 ? (
        <Notice title={error ? 'The log could not be read' : 'Nothing to tell'} tone={error ? 'error' : 'plain'}>
          {error?.message ?? 'Backups, checks, locks and repairs are written down here, also across restarts.'}
        </Notice>
      ) : (
        <Records records={records} />
      )}
    </Panel>
  );
}

interface Listed {
  readonly database: DatabaseName;
  readonly record: OperationRecord;
}

function listed(database: DatabaseName, data: QueryAnswer<'database.operations'> | null): readonly Listed[] {
  return (data?.operations ?? []).map((record) => ({ database, record }));
}

function Records({ records }: { readonly records: readonly Listed[] }): ReactNode {
  return (
    // A region that scrolls must be reachable by keyboard.
    <div className={classes.long} role="region" aria-label="Operations log" tabIndex={0}>
      <table className={classes.table}>
        <caption className="pw-visually-hidden">Operations log, newest first</caption>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Database</th>
            <th scope="col">Kind</th>
            <th scope="col">Outcome</th>
            <th scope="col">In words</th>
            <th scope="col" data-number>
              Took
            </th>
          </tr>
        </thead>
        <tbody>
          {records.map(({ database, record }) => (
            <tr key={`${database} ${record.atMs} ${record.kind} ${record.detail}`}>
              <td title={formatUtc(record.atMs)}>{formatDateTime(record.atMs)}</td>
              <td>{database}</td>
              <td>{KIND_WORDS[record.kind]}</td>
              <td>
                <StatusMark {...OUTCOMES[record.outcome]} size={11} />
              </td>
              <td className={classes.words}>
                {record.detail}
                {record.report !== null && <RecoveryDetails report={record.report} />}
              </td>
              <td data-number>{record.durationMs === null ? NO_VALUE : formatDuration(record.durationMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
