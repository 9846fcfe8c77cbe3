// A titled part of the panel.
import { type ReactNode, useId } from 'react';
import classes from './collectorPanel.module.css';

interface PartProps {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly testId?: string;
}

export function Part({ title, aside, children, testId }: PartProps): ReactNode {
  const id = useId();
  return (
    <section className={classes.part} aria-labelledby={id} data-testid={testId}>
      <header className={classes.partHead}>
        <h3 id={id}>{title}</h3>
        {aside !== undefined && <span className={classes.partAside}>{aside}</span>}
      </header>
      {children}
    </section>
  );
}

export function Facts({ children }: { readonly children: ReactNode }): ReactNode {
  return <dl className={classes.facts}>{children}</dl>;
}

interface FactProps {
  readonly label: string;
  readonly children: ReactNode;
  readonly alarming?: boolean;
}

export function Fact({ label, children, alarming = false }: FactProps): ReactNode {
  return (
    <div className={classes.fact} data-alarming={alarming || undefined}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
