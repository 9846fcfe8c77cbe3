// The designed states of a view that has nothing to show: empty, loading, failed. Each says what happens next.
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './notice.module.css';

interface NoticeProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: { readonly label: string; readonly run: () => void };
  readonly tone?: 'plain' | 'error';
}

export function Notice({ title, children, action, tone = 'plain' }: NoticeProps): ReactNode {
  return (
    <div className={classes.notice} role={tone === 'error' ? 'alert' : 'status'} data-tone={tone}>
      <p className={classes.title}>{title}</p>
      {children !== undefined && <div className={classes.text}>{children}</div>}
      {action !== undefined && <Button onClick={action.run}>{action.label}</Button>}
    </div>
  );
}
