// One line of the log in full, with what can be done from here: take it along, or see everything its run left behind.
import { Button, CloseButton } from '@mantine/core';
import { ClipboardCopy, ListFilter } from 'lucide-react';
import type { ReactNode } from 'react';
import type { LogLine } from '../../../../../shared/domain/log';
import { formatDateTime, formatUtc } from '../../../../../shared/util/format';
import { giveOrder } from '../../../components/orders';
import { StatusMark } from '../../../components/status/statusMark';
import { openLog } from '../../../store/logRoute';
import { LEVEL_LOOKS } from './logList';
import { t } from '../../../texts/texts';
import classes from './log.module.css';

interface LogDetailsProps {
  readonly line: LogLine;
  /** Only lines of its run are shown already. */
  readonly isOfShownRun: boolean;
  readonly onClose: () => void;
}

export function LogDetails({ line, isOfShownRun, onClose }: LogDetailsProps): ReactNode {
  const { id, atMs, level, message, collectorId, runId, details } = line;
  return (
    <section className={classes.chosen} aria-label={t('diagnostics.chosenLine')} data-testid="log-details">
      <header className={classes.chosenHead}>
        <StatusMark {...LEVEL_LOOKS[level]} size={12} />
        <span title={formatUtc(atMs)}>{formatDateTime(atMs)}</span>
        {collectorId !== null && <span>{collectorId}</span>}
        <span className={classes.chosenTools}>
          {runId !== null && !isOfShownRun && (
            <Button
              size="xs"
              leftSection={<ListFilter size={13} aria-hidden />}
              data-testid="log-this-run"
              onClick={() => openLog(runId)}
            >
              {t('diagnostics.onlyThisRun')}
            </Button>
          )}
          <Button
            size="xs"
            leftSection={<ClipboardCopy size={13} aria-hidden />}
            data-testid="log-copy"
            onClick={() => void copy(id)}
          >
            {t('diagnostics.copyLine')}
          </Button>
          <CloseButton size="sm" aria-label={t('diagnostics.closeLine')} onClick={onClose} />
        </span>
      </header>
      <p className={classes.chosenMessage}>{message}</p>
      {details !== '' && <pre className={classes.chosenDetails}>{indented(details)}</pre>}
    </section>
  );
}

/** Details that were cut are no JSON any more; they are shown as they are. */
function indented(details: string): string {
  try {
    return JSON.stringify(JSON.parse(details), null, 2);
  } catch {
    return details;
  }
}

function copy(id: string): Promise<boolean> {
  return giveOrder({
    name: 'logs.copyLine',
    args: { id },
    accepted: () => t('diagnostics.lineCopied'),
    refused: t('diagnostics.lineNotCopied'),
  });
}
