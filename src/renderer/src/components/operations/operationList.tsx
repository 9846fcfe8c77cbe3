// Long operations with their progress and a button to call them off; how the last one ended stays until the next begins.
import { ActionIcon, Progress, Tooltip } from '@mantine/core';
import { X } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import type { LongOperation } from '../../../../shared/domain/operation';
import { formatDuration } from '../../../../shared/util/format';
import { Age } from '../age';
import { giveOrder } from '../orders';
import { StatusGlyph } from '../status/statusMark';
import { describeProgress, shareOf } from './operationWords';
import { t } from '../../texts/texts';
import { rich } from '../../texts/rich';
import classes from './operationList.module.css';

export function OperationList({ operations }: { readonly operations: readonly LongOperation[] }): ReactNode {
  if (operations.length === 0) return null;
  return (
    <ul className={classes.list} aria-label={t('operations.label')}>
      {operations.map((operation) => (
        <li key={operation.id} className={classes.item} data-testid={`operation-${operation.kind}`}>
          {operation.endedAtMs === null ? <Running operation={operation} /> : <Ended operation={operation} />}
        </li>
      ))}
    </ul>
  );
}

function Running({ operation }: { readonly operation: LongOperation }): ReactNode {
  const id = useId();
  const share = shareOf(operation);
  const stopping = operation.state === 'cancelling';
  return (
    <>
      <div className={classes.line}>
        <span id={id} className={classes.title}>
          {operation.title}
        </span>
        <span className={classes.words}>{describeProgress(operation)}</span>
        {operation.cancellable && (
          <Tooltip label={stopping ? t('operations.stopping') : t('operations.callOff')}>
            <ActionIcon
              size="sm"
              aria-label={t('operations.callOffOne', { title: operation.title })}
              data-testid={`cancel-${operation.kind}`}
              data-disabled={stopping || undefined}
              aria-disabled={stopping}
              onClick={() => !stopping && void callOff(operation)}
            >
              <X size={14} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      <Progress.Root size="sm" className={classes.bar}>
        <Progress.Section
          aria-labelledby={id}
          value={share === null ? 100 : share * 100}
          // Nobody can tell how much there is: it moves instead of growing.
          animated={share === null}
          withAria={share !== null}
        />
      </Progress.Root>
    </>
  );
}

function Ended({ operation }: { readonly operation: LongOperation }): ReactNode {
  const { state, endedAtMs, startedAtMs, detail, title } = operation;
  if (endedAtMs === null || state === 'running' || state === 'cancelling') return null;
  const tone = { done: 'ok', failed: 'down', cancelled: 'paused' } as const;
  return (
    <p className={classes.ended} role={state === 'failed' ? 'alert' : undefined}>
      <StatusGlyph tone={tone[state]} size={12} />
      <span>
        <span className={classes.title}>{title}.</span>{' '}
        {rich(`operations.ended.${state}`, {
          duration: formatDuration(endedAtMs - startedAtMs),
          age: <Age atMs={endedAtMs} ago />,
        })}
        {state !== 'cancelled' && detail !== null && ` ${detail}`}
      </span>
    </p>
  );
}

function callOff({ id, title }: LongOperation): Promise<boolean> {
  return giveOrder({
    name: 'operation.cancel',
    args: { operationId: id },
    accepted: () => null,
    refused: t('operations.goesOn', { title }),
  });
}
