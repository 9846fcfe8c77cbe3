// The collectors, worst first. The order stands still while the pointer or the focus is inside: rows must not jump away. Of very many
// only those exist that can be seen.
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useDeferredValue, useMemo, useRef, useState } from 'react';
import { TICKS_PER_COLLECTOR } from '../../../../shared/contract/snapshot';
import type { ShownCollector } from '../../../../shared/contract/shownSnapshot';
import type { CollectorId } from '../../../../shared/domain/collector';
import { Notice } from '../../components/notice';
import { Panel } from '../../components/panel';
import { useRoute } from '../../store/route';
import { bySeverity, useSnapshot } from '../../store/selectors';
import { usePalette } from '../../theme/useScheme';
import { CollectorRow, isHighRow } from './collectorRow';
import { CollectorsHead } from './collectorsHead';
import { TickLegend } from './tickLegend';
import { useSeenRows } from './useSeenRows';
import { WaitingRows } from './waitingRows';
import { t } from '../../texts/texts';
import classes from './now.module.css';

/** As in now.module.css: here the names need the room of the older slots. */
const NARROW = '(max-width: 1260px)';
const NARROW_PLACES = 24;

export function Collectors(): ReactNode {
  // Drawn in small pieces between keys and turns of the wheel: a push can change every row.
  const collectors = useDeferredValue(useSnapshot((snapshot) => snapshot.collectors));
  const { itemId: chosenId } = useRoute();
  const [held, setHeld] = useState(false);
  const palette = usePalette();
  const narrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false });
  const ordered = useSteadyOrder(collectors, held);
  const table = useRef<HTMLTableElement>(null);
  const chosenPlace = chosenId === null ? -1 : ordered.findIndex(({ id }) => id === chosenId);
  const { seen, aboveHeight, belowHeight, measure } = useSeenRows(table, {
    count: ordered.length,
    chosen: chosenPlace,
    isHigh: (place) => ordered[place] !== undefined && isHighRow(ordered[place]),
  });
  return (
    <Panel title={t('now.collectors')} aside={<TickLegend />}>
      {ordered.length === 0 ? (
        <NoCollectors />
      ) : (
        <table
          ref={table}
          className={classes.collectors}
          aria-rowcount={seen === null ? undefined : ordered.length + 1}
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
          <caption className="pw-visually-hidden">{t('now.collectorsCaption')}</caption>
          <CollectorsHead />
          <Gap height={aboveHeight} />
          {(seen ?? ordered.map((_, place) => place)).map((place) => {
            const collector = ordered[place];
            return (
              collector && (
                <CollectorRow
                  key={collector.id}
                  collector={collector}
                  chosen={place === chosenPlace}
                  places={narrow ? NARROW_PLACES : TICKS_PER_COLLECTOR}
                  palette={palette}
                  {...(measure !== null && { place, measure })}
                />
              )
            );
          })}
          <Gap height={belowHeight} />
        </table>
      )}
    </Panel>
  );
}

function NoCollectors(): ReactNode {
  const isStarting = useSnapshot(({ verdict }) => verdict.level === 'starting');
  const notice = <Notice title={t('now.noCollectors')}>{t('now.noCollectorsHint')}</Notice>;
  return isStarting ? <WaitingRows>{notice}</WaitingRows> : notice;
}

/** Where rows are that do not exist, so that the others are in their places. */
function Gap({ height }: { readonly height: number }): ReactNode {
  return height > 0 && <tbody aria-hidden="true" style={{ height }} />;
}

function useSteadyOrder(collectors: readonly ShownCollector[], held: boolean): readonly ShownCollector[] {
  const order = useRef<readonly CollectorId[]>([]);
  // Not with every turn of the wheel: only the data and the pointer can change it.
  return useMemo(() => {
    const byId = new Map(collectors.map((collector) => [collector.id, collector]));
    const known = order.current.length === byId.size && order.current.every((id) => byId.has(id));
    if (held && known) return order.current.flatMap((id) => byId.get(id) ?? []);
    const sorted = bySeverity(collectors);
    order.current = sorted.map(({ id }) => id);
    return sorted;
  }, [collectors, held]);
}
