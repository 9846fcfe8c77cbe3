// Every collector: look at it, run it, hold it, let it go on; and the breaker of the host that they ask.
import type { ApiHostSlice, CollectorState } from '../../../../../shared/contract/snapshot';
import { formatClock, formatUntil } from '../../../../../shared/util/format';
import { openCollector } from '../../../store/route';
import { PAUSES, pauseFor, resetBreaker, resume, runNow } from '../../collectors/collectorOrders';
import type { PaletteAction, PaletteContext } from '../paletteAction';
import { t } from '../../../texts/texts';

export function collectorActions({ snapshot }: PaletteContext): readonly PaletteAction[] {
  return [
    ...snapshot.collectors.flatMap((collector) => [open(collector), run(collector), ...holding(collector)]),
    ...snapshot.hosts.map(reset),
  ];
}

function reset({ host, breaker }: ApiHostSlice): PaletteAction {
  return {
    id: `host.reset.${host}`,
    group: 'collectors',
    title: t('palette.resetBreakerOf', { host }),
    keywords: t('palette.resetBreakerWords'),
    ...(breaker.state === 'closed' && { refused: t('palette.breakerIsClosed') }),
    run: () => void resetBreaker(host),
  };
}

function open({ id, title, health }: CollectorState): PaletteAction {
  return {
    id: `collector.open.${id}`,
    group: 'collectors',
    title: t('palette.openOne', { title }),
    keywords: t('palette.openOneWords', { id }),
    note: t(`status.inSentence.health.${health}`),
    run: () => openCollector(id),
  };
}

function run(collector: CollectorState): PaletteAction {
  const { id, title, running, streak } = collector;
  const failed = streak.failures > 0;
  return {
    id: `collector.run.${id}`,
    group: 'collectors',
    title: failed ? t('palette.retryOneNow', { title }) : t('now.runOneNow', { title }),
    keywords: t('palette.runOneWords', { id }),
    ...(failed && { note: t('now.failuresInRow', { failures: streak.failures }) }),
    ...(running !== null && { refused: t('palette.runningSince', { title, sinceMs: formatClock(running.sinceMs) }) }),
    run: () => void runNow(collector),
  };
}

function holding(collector: CollectorState): readonly PaletteAction[] {
  const { id, title, pause } = collector;
  if (pause !== null) {
    const until =
      pause.untilMs === null
        ? t('now.untilResumed')
        : t('palette.untilTime', { time: formatUntil(pause.untilMs, Date.now()) });
    return [
      {
        id: `collector.resume.${id}`,
        group: 'collectors',
        title: t('now.resumeOne', { title }),
        keywords: t('palette.resumeOneWords', { id }),
        note: t('palette.pausedUntil', { until }),
        run: () => void resume(collector),
      },
    ];
  }
  return PAUSES.map(({ key, forMs }) => ({
    id: `collector.pause.${id}.${key}`,
    group: 'collectors',
    title: t('palette.pauseOneFor', { title, time: t(`palette.pauseFor.${key}`) }),
    keywords: t('palette.pauseOneWords', { id }),
    run: () => void pauseFor(collector, forMs),
  }));
}
