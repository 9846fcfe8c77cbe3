// Every collector: look at it, run it, hold it, let it go on.
import type { CollectorSlice } from '../../../../../shared/contract/snapshot';
import { formatClock } from '../../../../../shared/util/format';
import { orderPause, orderResume, orderRun, PAUSES } from '../../../pages/now/collectorOrders';
import { navigate } from '../../../store/route';
import { HEALTH_LOOKS } from '../../status/statusMark';
import type { PaletteAction, PaletteContext } from '../paletteAction';

export function collectorActions({ snapshot }: PaletteContext): readonly PaletteAction[] {
  return snapshot.collectors.flatMap((collector) => [open(collector), run(collector), ...holding(collector)]);
}

function open({ id, title, health }: CollectorSlice): PaletteAction {
  return {
    id: `collector.open.${id}`,
    group: 'Collectors',
    title: `Open ${title}`,
    keywords: `collector ${id}`,
    note: HEALTH_LOOKS[health].word.toLowerCase(),
    run: () => navigate('now', id),
  };
}

function run(collector: CollectorSlice): PaletteAction {
  const { id, title, running, streak } = collector;
  const failed = streak.failures > 0;
  return {
    id: `collector.run.${id}`,
    group: 'Collectors',
    title: failed ? `Retry ${title} now` : `Run ${title} now`,
    keywords: `collector ${id} run retry start again`,
    ...(failed && { note: `${streak.failures} failed in a row` }),
    ...(running !== null && { refused: `${title} is running already, since ${formatClock(running.sinceMs)}.` }),
    run: () => void orderRun(collector),
  };
}

function holding(collector: CollectorSlice): readonly PaletteAction[] {
  const { id, title, pause } = collector;
  if (pause !== null) {
    const until = pause.untilMs === null ? 'until resumed' : `until ${formatClock(pause.untilMs)}`;
    return [
      {
        id: `collector.resume.${id}`,
        group: 'Collectors',
        title: `Resume ${title}`,
        keywords: `collector ${id} continue unpause`,
        note: `paused ${until}`,
        run: () => void orderResume(collector),
      },
    ];
  }
  return PAUSES.map(({ key, label, forMs }) => ({
    id: `collector.pause.${id}.${key}`,
    group: 'Collectors',
    title: `Pause ${title} ${label.toLowerCase()}`,
    keywords: `collector ${id} hold stop`,
    run: () => void orderPause(collector, forMs),
  }));
}
