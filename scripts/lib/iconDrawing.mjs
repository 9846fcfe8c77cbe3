// The drawing of the app icon: a pulse over the water of a pool. Pure arithmetic, sampled several times per pixel.
import { encodePng } from './png.mjs';

const SAMPLES_PER_AXIS = 4;

// Coordinates are fractions of the icon's side, y downwards. Colours are 0 to 255.
const MARGIN = 0.04;
const CORNER_RADIUS = 0.22;
const SKY_TOP = [24, 50, 92];
const SKY_BOTTOM = [10, 24, 52];
const PULSE_COLOUR = [240, 252, 255];
const PULSE_GLOW = [64, 220, 214];
/** Each wave: height, amplitude, length and shift, its colour and how much of it covers. */
const WAVES = [
  { level: 0.66, amplitude: 0.035, length: 0.62, shift: 0.1, colour: [30, 150, 190], cover: 0.55 },
  { level: 0.74, amplitude: 0.03, length: 0.5, shift: 0.34, colour: [26, 188, 196], cover: 0.65 },
  { level: 0.83, amplitude: 0.025, length: 0.56, shift: 0.05, colour: [56, 222, 208], cover: 0.75 },
];
const PULSE = [
  [0.13, 0.47],
  [0.33, 0.47],
  [0.41, 0.34],
  [0.5, 0.66],
  [0.59, 0.19],
  [0.67, 0.47],
  [0.87, 0.47],
];

/** @typedef {readonly number[]} Colour red, green, blue, 0 to 255 */
/** @typedef {(u: number, v: number) => Colour | null} Picture null where nothing is drawn */

/**
 * A square PNG.
 * @param {number} sizePx
 * @param {Picture} picture
 */
export function drawPng(sizePx, picture) {
  const pixels = new Uint8Array(sizePx * sizePx * 4);
  const step = 1 / (sizePx * SAMPLES_PER_AXIS);
  for (let y = 0; y < sizePx; y += 1) {
    for (let x = 0; x < sizePx; x += 1) {
      const sum = [0, 0, 0, 0];
      for (let sample = 0; sample < SAMPLES_PER_AXIS ** 2; sample += 1) {
        const u = x / sizePx + ((sample % SAMPLES_PER_AXIS) + 0.5) * step;
        const v = y / sizePx + (Math.floor(sample / SAMPLES_PER_AXIS) + 0.5) * step;
        const colour = picture(u, v);
        if (colour === null) continue;
        for (let channel = 0; channel < 3; channel += 1) sum[channel] = (sum[channel] ?? 0) + (colour[channel] ?? 0);
        sum[3] = (sum[3] ?? 0) + 1;
      }
      const covered = sum[3] ?? 0;
      const at = (y * sizePx + x) * 4;
      for (let channel = 0; channel < 3; channel += 1) {
        pixels[at + channel] = covered === 0 ? 0 : Math.round((sum[channel] ?? 0) / covered);
      }
      pixels[at + 3] = Math.round((covered / SAMPLES_PER_AXIS ** 2) * 255);
    }
  }
  return encodePng(sizePx, pixels);
}

/** @param {number} sizePx @returns {Picture} */
export function appIcon(sizePx) {
  // Thin lines vanish in small icons: there the pulse is drawn heavier and the glow is left away.
  const halfWidth = sizePx <= 32 ? 0.05 : 0.03;
  const glowWidth = sizePx <= 32 ? 0 : 0.075;
  return (u, v) => (insideCard(u, v) ? colourAt(u, v, halfWidth, glowWidth) : null);
}

/** @param {number} u @param {number} v */
function insideCard(u, v) {
  const half = 0.5 - MARGIN - CORNER_RADIUS;
  const dx = Math.max(Math.abs(u - 0.5) - half, 0);
  const dy = Math.max(Math.abs(v - 0.5) - half, 0);
  return Math.hypot(dx, dy) <= CORNER_RADIUS;
}

/** @param {number} u @param {number} v @param {number} halfWidth @param {number} glowWidth */
function colourAt(u, v, halfWidth, glowWidth) {
  let colour = mix(SKY_TOP, SKY_BOTTOM, v);
  for (const wave of WAVES) {
    const surface = wave.level + wave.amplitude * Math.sin(((u + wave.shift) / wave.length) * 2 * Math.PI);
    if (v > surface) colour = mix(colour, wave.colour, wave.cover);
  }
  const distance = distanceToPulse(u, v);
  if (distance <= halfWidth) return PULSE_COLOUR;
  if (distance <= glowWidth)
    return mix(PULSE_GLOW, colour, 0.35 + (0.65 * (distance - halfWidth)) / (glowWidth - halfWidth));
  return colour;
}

/** @param {number} u @param {number} v */
function distanceToPulse(u, v) {
  let nearest = Infinity;
  for (let index = 1; index < PULSE.length; index += 1) {
    const [ax = 0, ay = 0] = PULSE[index - 1] ?? [];
    const [bx = 0, by = 0] = PULSE[index] ?? [];
    const along = ((u - ax) * (bx - ax) + (v - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
    const t = Math.min(1, Math.max(0, along));
    nearest = Math.min(nearest, Math.hypot(u - ax - t * (bx - ax), v - ay - t * (by - ay)));
  }
  return nearest;
}

/** @param {readonly number[]} from @param {readonly number[]} to @param {number} share */
function mix(from, to, share) {
  return from.map((value, channel) => value + ((to[channel] ?? 0) - value) * share);
}
