// Where the data comes from: the demo market and its outage, live, with or without a key.
import type { ShownSnapshot } from '../../../../../shared/contract/shownSnapshot';
import { showOverlay } from '../../../store/overlayStore';
import { isOutageUnderWay, startOutage } from '../../outage/outageOrders';
import type { PaletteAction, PaletteContext } from '../paletteAction';
import { t } from '../../../texts/texts';

function outageRefusal({ app, operations }: ShownSnapshot): Pick<PaletteAction, 'refused'> {
  if (app.mode !== 'demo') return { refused: t('palette.outageOnlyDemo') };
  return operations.some(isOutageUnderWay) ? { refused: t('palette.outageUnderWay') } : {};
}

export function sourceActions({ snapshot, source }: PaletteContext): readonly PaletteAction[] {
  const { mode } = snapshot.app;
  const busy = source.busy && { refused: t('palette.sourceBusy') };
  return [
    {
      id: 'source.live',
      group: 'source',
      title: t('shell.useLive'),
      keywords: t('palette.useLiveWords'),
      ...(mode === 'live' ? { refused: t('palette.inUse') } : busy),
      run: () => void source.chooseLive(),
    },
    {
      id: 'source.demo',
      group: 'source',
      title: t('shell.useDemo'),
      keywords: t('palette.useDemoWords'),
      ...(mode === 'demo' ? { refused: t('palette.inUse') } : busy),
      run: () => void source.chooseDemo(),
    },
    {
      id: 'source.outage',
      group: 'source',
      title: t('shell.showOutage'),
      keywords: t('palette.showOutageWords'),
      ...outageRefusal(snapshot),
      run: () => void startOutage(),
    },
    {
      id: 'source.key',
      group: 'source',
      title: t('palette.enterKey'),
      keywords: t('palette.enterKeyWords'),
      ...busy,
      run: () => showOverlay({ kind: 'key' }),
    },
  ];
}
