import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MIN_HEIGHT, MIN_WIDTH, placeWindow, type Rectangle } from '../../../src/main/desktop/windowBounds';

const LAPTOP: Rectangle = { x: 0, y: 25, width: 1_440, height: 875 };
const RIGHT_SCREEN: Rectangle = { x: 1_440, y: 0, width: 2_560, height: 1_400 };
const LEFT_SCREEN: Rectangle = { x: -1_920, y: 0, width: 1_920, height: 1_080 };

const saved = (x: number, y: number, width = 1_000, height = 700, maximized = false) => ({
  x,
  y,
  width,
  height,
  maximized,
});

describe('placeWindow', () => {
  it.each([
    ['on the primary screen', saved(100, 100), [LAPTOP]],
    ['on a second screen', saved(1_500, 40), [LAPTOP, RIGHT_SCREEN]],
    ['left of the primary screen', saved(-1_500, 40), [LAPTOP, LEFT_SCREEN]],
    ['partly off the edge, but still to be grabbed', saved(1_200, 100), [LAPTOP]],
  ])('returns to a place %s', (_where, memory, areas) => {
    expect(placeWindow(memory, areas)).toEqual(memory);
  });

  it.each([
    ['on a screen that is gone', saved(1_500, 40), [LAPTOP]],
    ['with its title above the screen', saved(100, -300), [LAPTOP]],
    ['below the screen', saved(100, 2_000), [LAPTOP]],
    ['with only a sliver visible', saved(1_430, 100), [LAPTOP]],
  ])('keeps the size but centres what was %s', (_where, memory, areas) => {
    expect(placeWindow(memory, areas)).toEqual({ width: 1_000, height: 700, maximized: false });
  });

  it('shrinks what is larger than its screen and enlarges what is smaller than the page allows', () => {
    expect(placeWindow(saved(0, 25, 5_000, 5_000), [LAPTOP])).toMatchObject({ width: 1_440, height: 875 });
    expect(placeWindow(saved(0, 25, 10, 10), [LAPTOP])).toMatchObject({ width: MIN_WIDTH, height: MIN_HEIGHT });
  });

  it('remembers a maximised window', () => {
    expect(placeWindow(saved(0, 25, 1_000, 700, true), [LAPTOP]).maximized).toBe(true);
  });

  it('gives a usable place whatever was saved and whatever screens there are', () => {
    const area = fc.record({ x: fc.integer(), y: fc.integer(), width: fc.nat(9_999), height: fc.nat(9_999) });
    const memory = fc.oneof(
      fc.jsonValue(),
      fc.record({ x: fc.double(), y: fc.integer(), width: fc.integer(), height: fc.integer() }),
    );
    const usable = fc.property(memory, fc.array(area, { maxLength: 3 }), (remembered, areas) => {
      const { x, y, width, height } = placeWindow(remembered, areas);
      const sized = [width, height].every(Number.isSafeInteger) && width >= MIN_WIDTH && height >= MIN_HEIGHT;
      return sized && (x === undefined) === (y === undefined);
    });
    expect(fc.check(usable)).toMatchObject({ failed: false });
  });
});
