// Leads from a run, wherever it is shown, to its lines in the log.
import { Tooltip, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { openLog } from '../store/logRoute';
import { t } from '../texts/texts';
import classes from './runLogLink.module.css';

interface RunLogLinkProps {
  readonly runId: string;
  /** Whose run, for example "the last run of New pools". */
  readonly of: string;
  readonly children: ReactNode;
}

export function RunLogLink({ runId, of, children }: RunLogLinkProps): ReactNode {
  return (
    <Tooltip label={t('common.showLogOf', { of })}>
      <UnstyledButton className={classes.link} onClick={() => openLog(runId)}>
        {children}
        <span className="pw-visually-hidden">{t('common.logOf', { of })}</span>
      </UnstyledButton>
    </Tooltip>
  );
}
