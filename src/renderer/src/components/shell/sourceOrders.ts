// Switching the source: the one place that phrases the order and its answer.
import { useState } from 'react';
import type { UseSourceArgs } from '../../../../shared/contract/commands';
import { giveOrder } from '../orders';
import { t } from '../../texts/texts';

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
          ? t('shell.backOnDemo')
          : t('shell.collectingLive', { note: t(`shell.keyNotes.${keyStored}`) }).trim(),
      refused: t('shell.sourceNotChanged'),
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
