// Leads from a run, wherever it is shown, to its lines in the log.
import { Tooltip, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { openLog } from '../store/logRoute';
import classes from './runLogLink.module.css';

interface RunLogLinkProps {
  readonly runId: string;
  /** Whose run, for example "the last run of New pools". */
  readonly of: string;
  readonly children: ReactNode;
}

export function RunLogLink({ runId, of, children }: RunLogLinkProps): ReactNode {
  return (
    <Tooltip label={`Show the log of ${of}`}>
      <UnstyledButton className={classes.link} onClick={() => openLog(runId)}>
        {children}
        <span className="pw-visually-hidden">: log of {of}</span>
      </UnstyledButton>
    </Tooltip>
  );
}
