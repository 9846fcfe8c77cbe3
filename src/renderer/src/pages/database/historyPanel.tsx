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
import { StatusMark, type StatusLook } from '../../components/status/statusMark';
import { RecoveryDetails } from './recoveryDetails';
import { useUpkeep } from './useUpkeep';
import { t } from '../../texts/texts';
import classes from './lists.module.css';

const SHOWN = 100;

const OUTCOMES: Readonly<Record<OperationOutcome, StatusLook>> = {
  ok: { tone: 'ok', wordKey: 'database.outcome.ok' },
  failed: { tone: 'down', wordKey: 'database.outcome.failed' },
  cancelled: { tone: 'paused', wordKey: 'database.outcome.cancelled' },
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
      title={t('database.whatHappened')}
      testId="operations-log"
      aside={
        <NativeSelect
          size="xs"
          aria-label={t('database.kindOfEntry')}
          data-testid="operations-kind"
          value={kind ?? EVERY_KIND}
          onChange={(event) => setKind(OPERATION_KINDS.find((known) => known === event.currentTarget.value) ?? null)}
          data={[
            { value: EVERY_KIND, label: t('database.everything') },
            ...OPERATION_KINDS.map((value) => ({ value, label: t(`database.operation.${value}`) })),
          ]}
        />
      }
    >
      {records.length === 0 ? (
        <Notice title={error ? t('database.logNotRead') : t('database.nothingToTell')} tone={error ? 'error' : 'plain'}>
          {error?.message ?? t('database.nothingToTellHint')}
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
    <div className={classes.long} role="region" aria-label={t('database.operationsLog')} tabIndex={0}>
      <table className={classes.table}>
        <caption className="pw-visually-hidden">{t('database.operationsLogCaption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('database.columnWhen')}</th>
            <th scope="col">{t('database.columnDatabase')}</th>
            <th scope="col">{t('database.columnKind')}</th>
            <th scope="col">{t('database.columnOutcome')}</th>
            <th scope="col">{t('database.columnInWords')}</th>
            <th scope="col" data-number>
              {t('database.columnTook')}
            </th>
          </tr>
        </thead>
        <tbody>
          {records.map(({ database, record }) => (
            <tr key={`${database} ${record.atMs} ${record.kind} ${record.detail}`}>
              <td title={formatUtc(record.atMs)}>{formatDateTime(record.atMs)}</td>
              <td>{database}</td>
              <td>{t(`database.operation.${record.kind}`)}</td>
              <td>
                <Outcome outcome={record.outcome} />
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

function Outcome({ outcome }: { readonly outcome: OperationOutcome }): ReactNode {
  const { tone, wordKey } = OUTCOMES[outcome];
  return <StatusMark tone={tone} word={t(wordKey)} size={11} />;
}
