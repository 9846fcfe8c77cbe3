// The icons of the tray: the app icon with a badge whose shape and colour both say the state, on any background. macOS colours
// its own: there the badge alone stands, in black.
import { appIcon } from './iconDrawing.mjs';

export const TRAY_STATES = /** @type {const} */ (['ok', 'degraded', 'down', 'paused']);
/** @typedef {(typeof TRAY_STATES)[number]} TrayState */

// Coordinates are fractions of the icon's side, y downwards. Colours are 0 to 255.
const CENTRE = 0.69;
const RADIUS = 0.3;
/** A gap round the badge keeps it apart from the icon. */
const GAP = 0.055;
/** How far the icon behind is drained of its colours when collecting is paused. */
const DRAINED = 0.85;

/** @type {Readonly<Record<Exclude<TrayState, 'ok'>, readonly number[]>>} */
const COLOURS = { degraded: [255, 190, 46], down: [240, 62, 62], paused: [236, 240, 245] };
/** Behind the bars, which would vanish on a light tray. */
const DISC = [84, 92, 104];
const BARS_IN_DISC = 0.62;

/** @param {TrayState} state @param {number} sizePx @returns {import('./iconDrawing.mjs').Picture} */
export function trayIcon(state, sizePx) {
  const icon = appIcon(sizePx);
  if (state === 'ok') return icon;
  return (u, v) => {
    const x = (u - CENTRE) / RADIUS;
    const y = (v - CENTRE) / RADIUS;
    const outline = state === 'paused' ? 'ok' : state;
    if (state === 'paused' && inside(state, x / BARS_IN_DISC, y / BARS_IN_DISC)) return COLOURS.paused;
    if (inside(outline, x, y)) return state === 'paused' ? DISC : COLOURS[state];
    if (inside(outline, x / (1 + GAP / RADIUS), y / (1 + GAP / RADIUS))) return null;
    const behind = icon(u, v);
    return behind !== null && state === 'paused' ? drained(behind) : behind;
  };
}

/** @param {TrayState} state @returns {import('./iconDrawing.mjs').Picture} */
export function templateIcon(state) {
  return (u, v) => (inside(state, (u - 0.5) / 0.42, (v - 0.5) / 0.42) ? [0, 0, 0] : null);
}

/**
 * Whether a point, in radii from the middle, lies in the shape of a state.
 * @param {TrayState} state @param {number} x @param {number} y
 */
function inside(state, x, y) {
  switch (state) {
    case 'ok':
      return Math.hypot(x, y) <= 1;
    case 'degraded':
      return y <= 0.92 && y >= -1 && Math.abs(x) <= ((y + 1) / 1.92) * 1.1;
    case 'down':
      return Math.max(Math.abs(x), Math.abs(y)) <= 0.88;
    case 'paused':
      return Math.abs(y) <= 0.92 && Math.abs(x) >= 0.22 && Math.abs(x) <= 0.8;
  }
}

/** @param {readonly number[]} colour */
function drained(colour) {
  const grey = colour.reduce((sum, value) => sum + value, 0) / 3;
  return colour.map((value) => value + (grey - value) * DRAINED);
}
