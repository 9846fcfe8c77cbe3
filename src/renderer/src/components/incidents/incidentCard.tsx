// One fault with everything that follows from it: how bad, what and why, since when, what it explains, and what a person can do.
import { type ReactNode, useId } from 'react';
import type { Incident } from '../../../../shared/domain/alerts';
import { formatClock, formatDateTime, formatDuration } from '../../../../shared/util/format';
import { Age } from '../age';
import { SEVERITY_LOOKS, StatusGlyph } from '../status/statusMark';
import { IncidentActions } from './incidentActions';
import { IncidentMembers } from './incidentMembers';
import { IncidentOverlays } from './incidentOverlays';
import { rich } from '../../texts/rich';
import { t } from '../../texts/texts';
import classes from './incident.module.css';

interface IncidentCardProps {
  readonly incident: Incident;
  /** Its details are open beside the list. */
  readonly selected?: boolean;
  /** Under a heading that already names the fault: only what that does not say. */
  readonly titled?: boolean;
}

export function IncidentCard({ incident, selected = false, titled = false }: IncidentCardProps): ReactNode {
  const { severity, title, cause, state } = incident;
  const titleId = useId();
  return (
    <article
      className={classes.card}
      aria-labelledby={titled ? undefined : titleId}
      aria-label={titled ? title : undefined}
      data-testid="incident-card"
      data-incident-id={incident.id}
      data-severity={severity}
      data-state={state}
      data-selected={selected || undefined}
      data-titled={titled || undefined}
    >
      {!titled && (
        <header className={classes.head}>
          <StatusGlyph tone={state === 'resolved' ? 'ok' : SEVERITY_LOOKS[severity].tone} size={16} />
          <div className={classes.words}>
            <h3 id={titleId} className={classes.title}>
              <SeverityWord incident={incident} />
              {title}
            </h3>
            {cause !== null && <p className={classes.cause}>{cause}</p>}
          </div>
          <p className={classes.since}>
            <Span incident={incident} />
          </p>
        </header>
      )}
      <div className={classes.rest}>
        {incident.advice !== '' && state !== 'resolved' && (
          <p className={classes.advice}>
            <span className={classes.adviceWord}>{t('incidents.whatToDo')} </span>
            {incident.advice}
          </p>
        )}
        <IncidentOverlays incident={incident} />
        <IncidentMembers incident={incident} />
        <IncidentActions incident={incident} opened={selected} />
      </div>
    </article>
  );
}

/** Colour and shape are not enough: the severity, or that it is over, as a word. */
function SeverityWord({ incident: { severity, state } }: { readonly incident: Incident }): ReactNode {
  const look = SEVERITY_LOOKS[severity];
  const [tone, word] =
    state === 'resolved'
      ? ['ok', t('incidents.resolvedWas', { word: t(`status.inSentence.severity.${severity}`) })]
      : ([look.tone, t(look.wordKey)] as const);
  return (
    <span className={classes.severity} data-tone={tone}>
      {word}
      {state === 'recovering' && t('incidents.recoveringToo')}
      <span className="pw-visually-hidden">: </span>
    </span>
  );
}

function Span({ incident: { openedAtMs, resolvedAtMs } }: { readonly incident: Incident }): ReactNode {
  if (resolvedAtMs !== null) {
    return (
      <>
        {formatDateTime(openedAtMs)}{' '}
        <span className={classes.faint}>
          {t('incidents.lasted', { duration: formatDuration(resolvedAtMs - openedAtMs) })}
        </span>
      </>
    );
  }
  return rich('incidents.since', {
    openedAtMs: formatClock(openedAtMs),
    span: (
      <span className={classes.faint}>
        · <Age atMs={openedAtMs} />
      </span>
    ),
  });
}
