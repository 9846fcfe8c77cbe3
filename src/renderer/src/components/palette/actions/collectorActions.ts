// Every collector: look at it, run it, hold it, let it go on; and the breaker of the host that they ask.
import type { ApiHostSlice, CollectorSlice } from '../../../../../shared/contract/snapshot';
import { formatClock } from '../../../../../shared/util/format';
import { openCollector } from '../../../store/route';
import { PAUSES, pauseFor, resetBreaker, resume, runNow } from '../../collectors/collectorOrders';
import { HEALTH_LOOKS } from '../../status/statusMark';
import type { PaletteAction, PaletteContext } from '../paletteAction';

export function collectorActions({ snapshot }: PaletteContext): readonly PaletteAction[] {
  return [
    ...snapshot.collectors.flatMap((collector) => [open(collector), run(collector), ...holding(collector)]),
    ...snapshot.hosts.map(reset),
  ];
}

function reset({ host, breaker }: ApiHostSlice): PaletteAction {
  return {
    id: `host.reset.${host}`,
    group: 'Collectors',
    title: `Reset the breaker of ${host}`,
    keywords: 'api host probe retry',
    ...(breaker.state === 'closed' && { refused: 'It is closed: the host answers.' }),
    run: () => void resetBreaker(host),
  };
}

function open({ id, title, health }: CollectorSlice): PaletteAction {
  return {
    id: `collector.open.${id}`,
    group: 'Collectors',
    title: `Open ${title}`,
    keywords: `collector ${id}`,
    note: HEALTH_LOOKS[health].word.toLowerCase(),
    run: () => openCollector(id),
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
    run: () => void runNow(collector),
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
        run: () => void resume(collector),
      },
    ];
  }
  return PAUSES.map(({ key, label, forMs }) => ({
    id: `collector.pause.${id}.${key}`,
    group: 'Collectors',
    title: `Pause ${title} ${label.toLowerCase()}`,
    keywords: `collector ${id} hold stop`,
    run: () => void pauseFor(collector, forMs),
  }));
}
