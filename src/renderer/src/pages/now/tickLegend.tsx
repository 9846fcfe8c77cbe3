// What the shapes of a tick bar mean, behind one small button.
import { Popover, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { SLOT_OUTCOMES } from '../../../../shared/domain/collector';
import { NO_TICK_LOOK, TICK_LOOKS, type TickLook } from '../../components/tickGrammar';
import { usePalette } from '../../theme/useScheme';
import classes from './now.module.css';

const SWATCH_HEIGHT = 16;

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

function Swatch({ look }: { readonly look: TickLook }): ReactNode {
  const colour = usePalette()[look.colour];
  const height = Math.max(2, Math.round(SWATCH_HEIGHT * look.height));
  const top = SWATCH_HEIGHT - height;
  return (
    <svg width="4" height={SWATCH_HEIGHT} aria-hidden="true" shapeRendering="crispEdges">
      {look.fill === 'solid' && <rect x="0" y={top} width="4" height={height} fill={colour} />}
      {look.fill === 'hollow' && (
        <rect x="0.5" y={top + 0.5} width="3" height={height - 1} fill="none" stroke={colour} />
      )}
      {look.fill === 'hatched' && (
        <line x1="2" x2="2" y1={top} y2={SWATCH_HEIGHT} stroke={colour} strokeWidth="4" strokeDasharray="2 2" />
      )}
    </svg>
  );
}
