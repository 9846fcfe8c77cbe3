// What the shapes of a tick bar mean, behind one small button.
import { Popover, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { SLOT_OUTCOMES } from '../../../../shared/domain/collector';
import { NO_TICK_LOOK, TICK_LOOKS } from '../../components/tickGrammar';
import { Swatch } from '../../components/tickSwatch';
import { t } from '../../texts/texts';
import classes from './now.module.css';

export function TickLegend(): ReactNode {
  return (
    <Popover position="bottom-end" shadow="md" transitionProps={{ duration: 0 }}>
      <Popover.Target>
        <UnstyledButton className={classes.legendButton}>{t('now.readingSlots')}</UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <p className={classes.legendText}>{t('now.legend')}</p>
        <ul className={classes.legend}>
          {[...SLOT_OUTCOMES.map((outcome) => TICK_LOOKS[outcome]), NO_TICK_LOOK].map((look) => (
            <li key={look.wordKey}>
              <Swatch look={look} /> {t(look.wordKey)}
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
