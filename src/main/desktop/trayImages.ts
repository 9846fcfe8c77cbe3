// The pictures of the tray, part of the program itself, in the size that the system shows.
import { nativeImage, type NativeImage } from 'electron';
import degraded16 from '../../../resources/tray/degraded-16.png?inline';
import degraded24 from '../../../resources/tray/degraded-24.png?inline';
import degraded32 from '../../../resources/tray/degraded-32.png?inline';
import degraded48 from '../../../resources/tray/degraded-48.png?inline';
import degradedTemplate16 from '../../../resources/tray/degraded-template-16.png?inline';
import degradedTemplate32 from '../../../resources/tray/degraded-template-32.png?inline';
import down16 from '../../../resources/tray/down-16.png?inline';
import down24 from '../../../resources/tray/down-24.png?inline';
import down32 from '../../../resources/tray/down-32.png?inline';
import down48 from '../../../resources/tray/down-48.png?inline';
import downTemplate16 from '../../../resources/tray/down-template-16.png?inline';
import downTemplate32 from '../../../resources/tray/down-template-32.png?inline';
import ok16 from '../../../resources/tray/ok-16.png?inline';
import ok24 from '../../../resources/tray/ok-24.png?inline';
import ok32 from '../../../resources/tray/ok-32.png?inline';
import ok48 from '../../../resources/tray/ok-48.png?inline';
import okTemplate16 from '../../../resources/tray/ok-template-16.png?inline';
import okTemplate32 from '../../../resources/tray/ok-template-32.png?inline';
import paused16 from '../../../resources/tray/paused-16.png?inline';
import paused24 from '../../../resources/tray/paused-24.png?inline';
import paused32 from '../../../resources/tray/paused-32.png?inline';
import paused48 from '../../../resources/tray/paused-48.png?inline';
import pausedTemplate16 from '../../../resources/tray/paused-template-16.png?inline';
import pausedTemplate32 from '../../../resources/tray/paused-template-32.png?inline';
import type { TrayIcon } from './trayView';

/** Data URLs for a usual and for a dense display. */
type Pair = readonly [once: string, twice: string];

interface Pictures {
  readonly linux: Pair;
  readonly windows: Pair;
  readonly template: Pair;
}

const PICTURES: Readonly<Record<TrayIcon, Pictures>> = {
  ok: { linux: [ok24, ok48], windows: [ok16, ok32], template: [okTemplate16, okTemplate32] },
  degraded: {
    linux: [degraded24, degraded48],
    windows: [degraded16, degraded32],
    template: [degradedTemplate16, degradedTemplate32],
  },
  down: { linux: [down24, down48], windows: [down16, down32], template: [downTemplate16, downTemplate32] },
  paused: {
    linux: [paused24, paused48],
    windows: [paused16, paused32],
    template: [pausedTemplate16, pausedTemplate32],
  },
};

/** The same, as large as a notification shows it. */
export function noticeImage(icon: TrayIcon): NativeImage {
  return nativeImage.createFromDataURL(PICTURES[icon].linux[1]);
}

export function trayImage(icon: TrayIcon, platform = process.platform): NativeImage {
  const kind = platform === 'darwin' ? 'template' : platform === 'win32' ? 'windows' : 'linux';
  const [once, twice] = PICTURES[icon][kind];
  const image = nativeImage.createEmpty();
  image.addRepresentation({ scaleFactor: 1, dataURL: once });
  image.addRepresentation({ scaleFactor: 2, dataURL: twice });
  if (kind === 'template') image.setTemplateImage(true);
  return image;
}
