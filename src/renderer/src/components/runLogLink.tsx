// Leads from a run, wherever it is shown, to its lines in the log.
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
    <button
      type="button"
      className={`pw-plain-button ${classes.link}`}
      data-tip={t('common.showLogOf', { of })}
      onClick={() => openLog(runId)}
    >
      {children}
      <span className="pw-visually-hidden">{t('common.logOf', { of })}</span>
    </button>
  );
}
