// Where the data comes from: the demo market and its outage, live, with or without a key.
import type { AppSnapshot } from '../../../../../shared/contract/snapshot';
import { showOverlay } from '../../../store/overlayStore';
import { isOutageUnderWay, startOutage } from '../../outage/outageOrders';
import type { PaletteAction, PaletteContext } from '../paletteAction';

function outageRefusal({ app, operations }: AppSnapshot): Pick<PaletteAction, 'refused'> {
  if (app.mode !== 'demo') return { refused: 'An outage is only ever played on the demo market.' };
  return operations.some(isOutageUnderWay) ? { refused: 'It is under way.' } : {};
}

export function sourceActions({ snapshot, source }: PaletteContext): readonly PaletteAction[] {
  const { mode } = snapshot.app;
  const busy = source.busy && { refused: 'The source is being switched; try again in a moment.' };
  return [
    {
      id: 'source.live',
      group: 'Source',
      title: 'Use live GeckoTerminal',
      keywords: 'source data api',
      ...(mode === 'live' ? { refused: 'It is in use already.' } : busy),
      run: () => void source.chooseLive(),
    },
    {
      id: 'source.demo',
      group: 'Source',
      title: 'Use the demo market',
      keywords: 'source data simulated',
      ...(mode === 'demo' ? { refused: 'It is in use already.' } : busy),
      run: () => void source.chooseDemo(),
    },
    {
      id: 'source.outage',
      group: 'Source',
      title: 'Show me an outage',
      keywords: 'demo lock guided tour',
      ...outageRefusal(snapshot),
      run: () => void startOutage(),
    },
    {
      id: 'source.key',
      group: 'Source',
      title: 'Enter an API key…',
      keywords: 'source coingecko plan',
      ...busy,
      run: () => showOverlay({ kind: 'key' }),
    },
  ];
}
