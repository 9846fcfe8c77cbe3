// The hover texts of long lists: whoever has one carries it as an attribute (see tip.ts), and one tooltip for the whole window shows
// it. A tooltip of its own for every age and button was most of what drawing a row cost.
import { Tooltip } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useNow } from '../../hooks/useNow';
import { TOOLTIP_DELAY_MS } from '../../theme/theme';
import { tipTarget, tipText } from './tip';

export function Tips(): ReactNode {
  const target = useRestedOn();
  return target !== null && <Tip target={target} />;
}

/** What the pointer has rested on for long enough, or null. */
function useRestedOn(): HTMLElement | null {
  const [target, setTarget] = useState<HTMLElement | null>(null);
  useEffect(() => {
    let over: HTMLElement | null = null;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const moveTo = (found: HTMLElement | null): void => {
      if (found === over) return;
      over = found;
      clearTimeout(waiting);
      setTarget(null);
      if (found !== null) waiting = setTimeout(() => setTarget(found), TOOLTIP_DELAY_MS);
    };
    const leave = (): void => moveTo(null);
    const onOver = ({ target: under, pointerType }: PointerEvent): void =>
      moveTo(pointerType === 'touch' ? null : tipTarget(under));
    const onScroll = ({ target: scrolled }: Event): void => {
      if (over !== null && scrolled instanceof Node && scrolled.contains(over)) leave();
    };
    const onKeyDown = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') leave();
    };
    const ended = new AbortController();
    const { signal } = ended;
    document.addEventListener('pointerover', onOver, { signal, passive: true });
    document.documentElement.addEventListener('pointerleave', leave, { signal });
    document.addEventListener('scroll', onScroll, { signal, capture: true, passive: true });
    document.addEventListener('keydown', onKeyDown, { signal });
    return () => {
      ended.abort();
      clearTimeout(waiting);
    };
  }, []);
  return target;
}

/** Asked for its text once a second, as long as it is there: a row that is drawn anew may say something else. */
function Tip({ target }: { readonly target: HTMLElement }): ReactNode {
  const text = useNow(() => (target.isConnected ? tipText(target) : ''));
  // Its place is known before it is seen.
  const [placed, setPlaced] = useState<HTMLElement | null>(null);
  useEffect(() => setPlaced(target), [target]);
  return <Tooltip target={target} opened={placed === target && text !== ''} label={text} style={STYLE} />;
}

const STYLE = { whiteSpace: 'pre-line' } as const;
