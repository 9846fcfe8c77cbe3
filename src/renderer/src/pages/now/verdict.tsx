// One sentence about everything, with its cause and since when, and what holds the database up, if something does. Spoken
// politely when it changes.
import type { ReactNode } from 'react';
import type { VerdictSlice } from '../../../../shared/contract/snapshot';
import type { Incident } from '../../../../shared/domain/alerts';
import { formatClock } from '../../../../shared/util/format';
import { Age } from '../../components/age';
import { IncidentCard } from '../../components/incidents/incidentCard';
import { Settling } from '../../components/incidents/settling';
import { StatusGlyph, VERDICT_LOOKS } from '../../components/status/statusMark';
import { useSnapshot } from '../../store/selectors';
import { LastLock, OpenLocks } from './lockIncidents';
import { useToldByVerdict } from './openIncidents';
import { verdictWords, type VerdictWords } from './verdictWords';
import { rich } from '../../texts/rich';
import { t } from '../../texts/texts';
import classes from './now.module.css';

type Heading = VerdictWords & Pick<VerdictSlice, 'sinceMs'>;

/** An incident knows what lies behind collectors that fail; of its database the verdict itself knows most, and first. */
function headingOf(verdict: VerdictSlice, told: Incident | null): Heading {
  if (told === null || told.root.kind === 'database') return { ...verdictWords(verdict), sinceMs: verdict.sinceMs };
  return { sentence: told.title, cause: told.cause, sinceMs: told.openedAtMs };
}

export function Verdict(): ReactNode {
  const verdict = useSnapshot((snapshot) => snapshot.verdict);
  const told = useToldByVerdict();
  const { level } = verdict;
  const { sentence, cause, sinceMs } = headingOf(verdict, told);
  const { tone, wordKey } = VERDICT_LOOKS[level];
  return (
    <section className={classes.verdict} data-testid="verdict" data-level={level}>
      <header className={classes.verdictHead}>
        <StatusGlyph tone={tone} size={22} />
        <div className={classes.verdictText} aria-live="polite" aria-atomic="true">
          <h1 className={classes.sentence}>
            <span className="pw-visually-hidden">{t(wordKey)}: </span>
            {sentence}
          </h1>
          {cause !== null && <p className={classes.cause}>{cause}</p>}
        </div>
        <p className={classes.since}>
          {rich('now.since', {
            sinceMs: formatClock(sinceMs),
            span: (
              <span className={classes.faint}>
                · <Age atMs={sinceMs} />
              </span>
            ),
          })}
        </p>
      </header>
      <OpenLocks />
      {told !== null && <IncidentCard incident={told} titled />}
      <LastLock />
      <p className={classes.settling}>
        <Settling />
      </p>
    </section>
  );
}
