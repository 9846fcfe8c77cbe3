// A screen that nobody sees, the same for everything that is compared.
import { startVirtualDisplay } from '../../scripts/lib/display.mjs';

export async function onVirtualScreen<T>(work: (env: NodeJS.ProcessEnv) => Promise<T>): Promise<T> {
  const display = await startVirtualDisplay();
  try {
    // Scenarios run as Node; what they start shall not.
    const { ELECTRON_RUN_AS_NODE: _, ...env } = display.env;
    return await work(env);
  } finally {
    await display.stop();
  }
}

/** @throws where no Electron was made ready for the scenario */
export function required(electron: string | null): string {
  if (electron === null) throw new Error('this scenario opens windows and was given no Electron');
  return electron;
}
