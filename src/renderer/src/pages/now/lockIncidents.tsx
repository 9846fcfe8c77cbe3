// The incident that the product is known for: another program holds a database. Who, since when, what happens meanwhile and what
// is lost; afterwards one quiet line about the last one.
import type { ReactNode } from 'react';
import type { DatabaseStatus, LockHolder } from '../../../../shared/domain/database';
import { formatBytes, formatClock, formatDuration } from '../../../../shared/util/format';
import { Age } from '../../components/age';
import { useSnapshot } from '../../store/selectors';
import { rich } from '../../texts/rich';
import { t } from '../../texts/texts';
import classes from './now.module.css';

export function OpenLocks(): ReactNode {
  const locked = useSnapshot((snapshot) => snapshot.databases.filter(isLocked));
  return locked.map((database) => <OpenLock key={database.name} database={database} />);
}

/** Shorter waits are everyday: nothing is diverted for them. */
function isLocked({ state, lockedSinceMs }: DatabaseStatus): boolean {
  return state === 'spooling' && lockedSinceMs !== null;
}

function OpenLock({ database }: { readonly database: DatabaseStatus }): ReactNode {
  const { name, holder, lockedSinceMs, spool } = database;
  return (
    <section data-testid="incident" aria-label={t('now.lockIncident', { name })}>
      <dl className={classes.incident}>
        <Fact label={t('now.heldBy', { name })}>
          {holder === null ? t('common.unnamedProgram') : nameOf(holder)}
          {holder?.command && (
            <code className={`pw-mono ${classes.command}`} title={holder.command}>
              {holder.command}
            </code>
          )}
        </Fact>
        <Fact label={t('now.lockSince')}>
          {lockedSinceMs !== null && formatClock(lockedSinceMs)}{' '}
          <span className={classes.faint}>
            · <Age atMs={lockedSinceMs} />
          </span>
        </Fact>
        <Fact label={t('now.keptInSpool')}>
          {t('common.batches', { count: spool.batches })}{' '}
          <span className={classes.faint}>{formatBytes(spool.bytes)}</span>
        </Fact>
        <Fact label={t('now.lockLost')}>{lostOf(spool.lost)}</Fact>
      </dl>
    </section>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className={classes.fact}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function LastLock(): ReactNode {
  const last = useSnapshot((snapshot) => latest(snapshot.databases));
  if (last === null || last.lastLock === null || isLocked(last)) return null;
  const { holder, sinceMs, untilMs, spooledBatches } = last.lastLock;
  const who = holder === null ? t('now.anotherProgram') : nameOf(holder);
  return (
    <p className={classes.lastIncident} data-testid="last-incident">
      {rich('now.lastLock', {
        who,
        name: last.name,
        duration: formatDuration(untilMs - sinceMs),
        untilMs: formatClock(untilMs),
        age: <Age atMs={untilMs} ago />,
        spooledBatches: t('common.batches', { count: spooledBatches }),
        lost: lostOf(last.spool.lost),
      })}
    </p>
  );
}

function latest(databases: readonly DatabaseStatus[]): DatabaseStatus | null {
  const endedAt = ({ lastLock }: DatabaseStatus): number => lastLock?.untilMs ?? 0;
  const [newest] = databases.toSorted((a, b) => endedAt(b) - endedAt(a));
  return newest ?? null;
}

function nameOf({ program, pid }: LockHolder): string {
  return t('common.programProcess', { program: program ?? t('common.aProgram'), pid });
}

function lostOf(batches: number): string {
  return batches === 0 ? t('common.nothing') : t('common.batches', { count: batches });
}
