// Draws what lies over the window: the palette, the help sheet, and the dialogs that the palette and the frame ask for.
import type { ReactNode } from 'react';
import type { Incident } from '../../../shared/domain/alerts';
import { DatabaseQuestions } from '../pages/database/databaseQuestions';
import { type Overlay, showOverlay, useOverlayStore } from '../store/overlayStore';
import { useSnapshot } from '../store/selectors';
import { AckDialog } from './incidents/ackDialog';
import { SilenceDialog } from './incidents/silenceDialog';
import { Palette } from './palette/palette';
import { KeyDialog } from './shell/keyDialog';
import { ShortcutSheet } from './shortcuts/shortcutSheet';

export function Overlays(): ReactNode {
  const open = useOverlayStore((state) => state.open);
  const close = (): void => showOverlay(null);
  const about = useAskedIncident(open);
  return (
    <>
      <Palette />
      <ShortcutSheet opened={open?.kind === 'shortcuts'} onClose={close} />
      <KeyDialog opened={open?.kind === 'key'} onClose={close} />
      {about !== null && (
        <>
          <AckDialog incident={about} opened={open?.kind === 'ack'} onClose={close} />
          <SilenceDialog about={about} opened={open?.kind === 'silence'} onClose={close} />
        </>
      )}
      {open?.kind === 'database' && <DatabaseQuestions name={open.database} question={open.question} onClose={close} />}
    </>
  );
}

/** Null when nothing is asked about one, or when it is gone. */
function useAskedIncident(open: Overlay | null): Incident | null {
  const id = open?.kind === 'ack' || open?.kind === 'silence' ? open.incidentId : null;
  return useSnapshot((snapshot) => snapshot.alerts.incidents.find((incident) => incident.id === id) ?? null);
}
