// The head of a page: its name and its tools.
import type { ReactNode } from 'react';
import classes from './pageHeader.module.css';

interface PageHeaderProps {
  readonly title: string;
  readonly note?: ReactNode;
  readonly children?: ReactNode;
}

export function PageHeader({ title, note, children }: PageHeaderProps): ReactNode {
  return (
    <header className={classes.header}>
      <h1 className={classes.title}>{title}</h1>
      {note !== undefined && <span className={classes.note}>{note}</span>}
      <div className={classes.tools}>{children}</div>
    </header>
  );
}
