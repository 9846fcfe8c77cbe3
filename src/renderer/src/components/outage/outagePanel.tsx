// The guided outage: under the banners, on every page, from its start until it is put away. Says what happened, what Poolwatch did
// about it, and what was lost.
import { Button, CloseButton } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { DatabaseStatus } from '../../../../shared/domain/database';
import type { LongOperation } from '../../../../shared/domain/operation';
import { useSnapshot } from '../../store/selectors';
import { Age } from '../age';
import { StatusGlyph } from '../status/statusMark';
import { endOutage } from './outageOrders';
import { type StoryStep, tellOutage } from './outageStory';
import { rich } from '../../texts/rich';
import { t } from '../../texts/texts';
import classes from './outagePanel.module.css';

export function OutagePanel(): ReactNode {
  const outage = useSnapshot(({ operations }) => operations.find(({ kind }) => kind === 'outage') ?? null);
  const market = useSnapshot(({ databases }) => databases.find(({ name }) => name === 'market') ?? null);
  const demo = useSnapshot((snapshot) => snapshot.app.mode === 'demo');
  const [putAway, setPutAway] = useState<string | null>(null);
  if (!demo || outage === null || market === null || outage.id === putAway) return null;
  return <Story key={outage.id} outage={outage} market={market} onPutAway={() => setPutAway(outage.id)} />;
}

interface StoryProps {
  readonly outage: LongOperation;
  readonly market: DatabaseStatus;
  readonly onPutAway: () => void;
}

function Story({ outage, market, onPutAway }: StoryProps): ReactNode {
  const steps = tellOutage(outage, market);
  const running = outage.endedAtMs === null;
  const latest = steps.findLast(({ text }) => text !== null);
  return (
    <section className={classes.panel} aria-label={t('outage.label')} data-testid="outage">
      <header className={classes.head}>
        <h2 className={classes.title}>{headingOf(outage)}</h2>
        {running ? (
          <>
            <span className={classes.note}>{rich('outage.forAge', { age: <Age atMs={outage.startedAtMs} /> })}</span>
            <Button
              size="compact-sm"
              data-testid="end-outage"
              disabled={outage.state === 'cancelling'}
              onClick={() => void endOutage(outage.id)}
            >
              {t('outage.endNow')}
            </Button>
          </>
        ) : (
          <CloseButton size="sm" aria-label={t('outage.putAway')} data-testid="put-outage-away" onClick={onPutAway} />
        )}
      </header>
      <ol className={classes.steps}>
        {steps.map((step) => (
          <Step key={step.title} step={step} />
        ))}
      </ol>
      {outage.state === 'failed' && (
        <p className={classes.failed} role="alert">
          {outage.detail}
        </p>
      )}
      <p className="pw-visually-hidden" aria-live="polite">
        {latest?.title}
      </p>
    </section>
  );
}

function headingOf({ state }: LongOperation): string {
  switch (state) {
    case 'running':
      return t('outage.headline.running');
    case 'cancelling':
    case 'cancelled':
      return t('outage.headline.ended');
    case 'failed':
      return t('outage.headline.unplanned');
    default:
      return t('outage.headline.over');
  }
}

const TONES = { ahead: 'none', now: 'running', done: 'ok' } as const;

function Step({ step: { title, text, state } }: { readonly step: StoryStep }): ReactNode {
  return (
    <li className={classes.step} data-state={state} data-testid="outage-step">
      <StatusGlyph tone={TONES[state]} size={12} />
      <span className={classes.words}>
        <span className={classes.stepTitle}>
          {title}
          <span className="pw-visually-hidden">, {t(`outage.step.${state}`)}</span>
        </span>
        {text !== null && <span className={classes.text}>{text}</span>}
      </span>
    </li>
  );
}
