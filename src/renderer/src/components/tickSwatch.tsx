// One shape of the tick grammar by itself, for legends.
import type { ReactNode } from 'react';
import { usePalette } from '../theme/useScheme';
import type { TickLook } from './tickGrammar';

const SWATCH_HEIGHT = 16;

export function Swatch({ look }: { readonly look: TickLook }): ReactNode {
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
