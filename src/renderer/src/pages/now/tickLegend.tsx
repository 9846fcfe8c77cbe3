// What the shapes of a tick bar mean, behind one small button.
import { Popover, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { SLOT_OUTCOMES } from '../../../../shared/domain/collector';
import { NO_TICK_LOOK, TICK_LOOKS } from '../../components/tickGrammar';
import { Swatch } from '../../components/tickSwatch';
import classes from './now.module.css';

export function TickLegend(): ReactNode {
  return (
    <Popover position="bottom-end" shadow="md" transitionProps={{ duration: 0 }}>
      <Popover.Target>
        <UnstyledButton className={classes.legendButton}>Reading the slots</UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <p className={classes.legendText}>
          One tick for each slot in which a run was due, newest right; a whole stretch without runs is one tick, too.
        </p>
        <ul className={classes.legend}>
          {[...SLOT_OUTCOMES.map((outcome) => TICK_LOOKS[outcome]), NO_TICK_LOOK].map((look) => (
            <li key={look.word}>
              <Swatch look={look} /> {look.word}
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
