// Decimal numbers as whole ones: what was measured to a hundredth is stored in hundredths. Exact or not at all.

/** What is no decimal number of few places is stored as it is. */
export const UNSCALED = 7;
const MAX_PLACES = 4;
const LARGEST = 2 ** 50;

/** The fewest decimal places that say all values exactly, or `UNSCALED`. */
export function placesOf(values: Iterable<number>): number {
  let places = 0;
  for (const value of values) {
    while (places <= MAX_PLACES && !isExact(value, places)) places += 1;
    if (places > MAX_PLACES) return UNSCALED;
  }
  return places;
}

export function scaled(value: number, places: number): number {
  // Never -0, which would be a difference of 0 that is none.
  return Math.round(value * 10 ** places) + 0;
}

export function unscaled(value: number, places: number): number {
  return value / 10 ** places;
}

function isExact(value: number, places: number): boolean {
  const whole = scaled(value, places);
  return Math.abs(whole) < LARGEST && unscaled(whole, places) === value && !Object.is(value, -0);
}
