// One sentence about everything, with its cause and since when, and what holds the database up, if something does. Spoken
// politely when it changes.
import type { ReactNode } from 'react';
import { formatClock } from '../../../../shared/util/format';
import { Age } from '../../components/age';
import { StatusGlyph, VERDICT_LOOKS } from '../../components/status/statusMark';
import { useSnapshot } from '../../store/selectors';
import { LastLock, OpenLocks } from './lockIncidents';
import classes from './now.module.css';

export function Verdict(): ReactNode {
  const { level, sentence, cause, sinceMs } = useSnapshot((snapshot) => snapshot.verdict);
  const { tone, word } = VERDICT_LOOKS[level];
  return (
    <section className={classes.verdict} data-testid="verdict" data-level={level}>
      <header className={classes.verdictHead}>
        <StatusGlyph tone={tone} size={22} />
        <div className={classes.verdictText} aria-live="polite" aria-atomic="true">
          <h1 className={classes.sentence}>
            <span className="pw-visually-hidden">{word}: </span>
            {sentence}
          </h1>
          {cause !== null && <p className={classes.cause}>{cause}</p>}
        </div>
        <p className={classes.since}>
          since {formatClock(sinceMs)}{' '}
          <span className={classes.faint}>
            · <Age atMs={sinceMs} />
          </span>
        </p>
      </header>
      <OpenLocks />
      <LastLock />
    </section>
  );
}
