// Speaks of incidents that open while the window is there: politely, once each, and not of those it was opened on.
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useSnapshot } from '../../store/selectors';
import { t } from '../../texts/texts';

export function AlertAnnouncer(): ReactNode {
  const incidents = useSnapshot((snapshot) => snapshot.alerts.incidents);
  const known = useRef<ReadonlySet<string> | null>(null);
  const [said, setSaid] = useState('');
  useEffect(() => {
    const before = known.current;
    known.current = new Set([...(before ?? []), ...incidents.map(({ id }) => id)]);
    if (before === null) return;
    const fresh = incidents.filter(({ id, silencedBy }) => !before.has(id) && silencedBy === null);
    if (fresh.length > 0) {
      setSaid(
        fresh
          .map(({ severity, title }) =>
            t('shell.newAlert', { severity: t(`status.inSentence.severity.${severity}`), title }),
          )
          .join('. '),
      );
    }
  }, [incidents]);
  return (
    <div className="pw-visually-hidden" aria-live="polite" data-testid="alert-announcer">
      {said}
    </div>
  );
}
