// What was shown until something newer is there: a picture that is asked for anew stays, and with it the focus and the scroll.
import { useRef } from 'react';

/** The newest value that was not null; null before the first. */
export function useHeld<T>(value: T | null): T | null {
  const held = useRef<T | null>(null);
  if (value !== null) held.current = value;
  return held.current;
}
