// Switching the source: the one place that phrases the order and its answer.
import { useState } from 'react';
import type { CommandAnswer, UseSourceArgs } from '../../../../shared/contract/commands';
import { giveOrder } from '../orders';

const KEY_NOTES: Readonly<Record<CommandAnswer<'source.use'>['keyStored'], string>> = {
  keychain: 'The key is kept in the keychain of this system.',
  memory: 'This system has no keychain: the key is kept until Poolwatch closes.',
  none: '',
};

export interface SourceOrders {
  /** True from the order to its answer; another order would meet a source that is changing. */
  readonly busy: boolean;
  readonly chooseDemo: () => Promise<boolean>;
  readonly chooseLive: () => Promise<boolean>;
  readonly chooseKey: (keyPlan: 'demo' | 'pro', apiKey: string) => Promise<boolean>;
}

export function useSource(): SourceOrders {
  const [busy, setBusy] = useState(false);
  const order = async (args: UseSourceArgs): Promise<boolean> => {
    setBusy(true);
    const accepted = await giveOrder({
      name: 'source.use',
      args,
      accepted: ({ keyStored }) =>
        args.mode === 'demo'
          ? 'Back on the demo market. Live data stays where it is.'
          : `Collecting from GeckoTerminal. ${KEY_NOTES[keyStored]}`.trim(),
      refused: 'The source was not changed',
    });
    setBusy(false);
    return accepted;
  };
  return {
    busy,
    chooseDemo: () => order({ mode: 'demo', keyPlan: 'none', apiKey: null }),
    chooseLive: () => order({ mode: 'live', keyPlan: 'none', apiKey: null }),
    chooseKey: (keyPlan, apiKey) => order({ mode: 'live', keyPlan, apiKey }),
  };
}
