// What the first picture of the window does not need. Each part is read when it is first shown, or before, once the window has
// nothing better to do: nobody who changes the page waits for it then.
import { type ComponentType, type JSX, lazy, type ReactNode, useState } from 'react';

const unread: (() => Promise<unknown>)[] = [];

/** Drawn at once where it has been read by then; else it suspends. */
function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): (props: Props & JSX.IntrinsicAttributes) => ReactNode {
  let part: ComponentType<Props> | null = null;
  const read = async (): Promise<ComponentType<Props>> => (part ??= await load());
  const Awaited: ComponentType<Props> = lazy(async () => ({ default: await read() }));
  unread.push(read);
  return function Later(props) {
    // For as long as it is shown it stays what it was drawn as: another component would begin anew.
    const [Part] = useState<ComponentType<Props>>(() => part ?? Awaited);
    return <Part {...props} />;
  };
}

export const TimelinePage = later(async () => (await import('../../pages/timeline/timelinePage')).TimelinePage);
export const AlertsPage = later(async () => (await import('../../pages/alerts/alertsPage')).AlertsPage);
export const DatabasePage = later(async () => (await import('../../pages/database/databasePage')).DatabasePage);
export const MarketPage = later(async () => (await import('../../pages/market/marketPage')).MarketPage);
export const DiagnosticsPage = later(
  async () => (await import('../../pages/diagnostics/diagnosticsPage')).DiagnosticsPage,
);
export const SettingsPage = later(async () => (await import('../../pages/settings/settingsPage')).SettingsPage);
export const CollectorPanel = later(async () => (await import('../collectorPanel/collectorPanel')).CollectorPanel);
export const Overlays = later(async () => (await import('../overlays')).Overlays);

export function areLaterPartsRead(): boolean {
  return unread.length === 0;
}

/** Reads one part after the other. One that cannot be read is tried again when it is shown. */
export async function readLaterParts(pause: () => Promise<void> = untilIdle): Promise<void> {
  for (let read = unread.shift(); read !== undefined; read = unread.shift()) {
    await pause();
    await read().catch(() => undefined);
  }
}

function untilIdle(): Promise<void> {
  return new Promise((resolve) => requestIdleCallback(() => resolve()));
}
