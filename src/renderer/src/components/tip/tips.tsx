// The hover texts of long lists: whoever has one carries it as an attribute (see tip.ts), and one tooltip for the whole window shows
// it. A tooltip of its own for every age and button was most of what drawing a row cost.
import { Tooltip } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useNow } from '../../hooks/useNow';
import { TOOLTIP_DELAY_MS } from '../../theme/theme';
import { tipTarget, tipText } from './tip';

interface Shown {
  readonly target: HTMLElement;
  /** First its place is found, then it is seen. */
  readonly isOpen: boolean;
}

export function Tips(): ReactNode {
  const shown = useRestedOn();
  return shown !== null && <Tip {...shown} />;
}

/** What the pointer has rested on for long enough, or null. */
function useRestedOn(): Shown | null {
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    let over: HTMLElement | null = null;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let opening = 0;
    const moveTo = (found: HTMLElement | null): void => {
      if (found === over) return;
      over = found;
      clearTimeout(waiting);
      cancelAnimationFrame(opening);
      setShown(null);
      if (found !== null) waiting = setTimeout(() => show(found), TOOLTIP_DELAY_MS);
    };
    const show = (target: HTMLElement): void => {
      setShown({ target, isOpen: false });
      opening = requestAnimationFrame(() => setShown({ target, isOpen: true }));
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
      cancelAnimationFrame(opening);
    };
  }, []);
  return shown;
}

/** Asked for its text once a second, as long as it is there: a row that is drawn anew may say something else. */
function Tip({ target, isOpen }: Shown): ReactNode {
  const text = useNow(() => (target.isConnected ? tipText(target) : ''));
  return <Tooltip target={target} opened={isOpen && text !== ''} label={text} style={STYLE} />;
}

const STYLE = { whiteSpace: 'pre-line' } as const;
