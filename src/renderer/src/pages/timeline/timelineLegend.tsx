// What the shapes of the picture mean, each with its word, behind one small button.
import { Popover, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { SLOT_OUTCOMES } from '../../../../shared/domain/collector';
import { LANE_STATES } from '../../../../shared/domain/timeline';
import { LANE_LOOKS } from '../../components/timeline/marks';
import { shortWord, TICK_LOOKS, type TickLook } from '../../components/tickGrammar';
import { Swatch } from '../../components/tickSwatch';
import type { MatrixRow } from './matrixRows';
import { t } from '../../texts/texts';
import classes from './timeline.module.css';

export function TimelineLegend(): ReactNode {
  return (
    <Popover position="bottom-end" shadow="md" transitionProps={{ duration: 0 }}>
      <Popover.Target>
        <UnstyledButton className={classes.legendButton} data-testid="timeline-legend">
          {t('timeline.readingPicture')}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={classes.legends}>
          <Heap title={t('timeline.slotsOfCollector')} looks={SLOT_OUTCOMES.map((outcome) => TICK_LOOKS[outcome])} />
          <Heap title={t('timeline.whatTheyShare')} looks={LANE_STATES.map((state) => LANE_LOOKS[state])} />
        </div>
        <p className={classes.legendText}>{t('timeline.legend')}</p>
      </Popover.Dropdown>
    </Popover>
  );
}

function Heap({ title, looks }: { readonly title: string; readonly looks: readonly TickLook[] }): ReactNode {
  return (
    <div>
      <p className={classes.legendTitle}>{title}</p>
      <ul className={classes.legend}>
        {looks.map((look) => (
          <li key={look.wordKey}>
            <Swatch look={look} /> {t(look.wordKey)}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Only what the picture shows, under it. */
export function TimelineKey({ rows }: { readonly rows: readonly MatrixRow[] }): ReactNode {
  const shown = new Set(rows.flatMap(({ marks }) => marks.map(({ look }) => look)));
  const looks = [
    ...SLOT_OUTCOMES.map((outcome) => TICK_LOOKS[outcome]),
    ...LANE_STATES.map((state) => LANE_LOOKS[state]),
  ].filter((look) => shown.has(look) && look !== LANE_LOOKS.ok);
  // Asleep and paused look and read the same in a row and in a lane.
  const isFirst = (look: TickLook, index: number): boolean =>
    looks.findIndex((other) => shortWord(other) === shortWord(look)) === index;
  return (
    <ul className={classes.key} aria-label={t('timeline.shapes')}>
      {looks.filter(isFirst).map((look) => (
        <li key={look.wordKey}>
          <Swatch look={look} /> {shortWord(look)}
        </li>
      ))}
    </ul>
  );
}
