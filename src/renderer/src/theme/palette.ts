// Every colour of the window, once, for CSS variables and for canvases alike. Status colours are told apart by lightness
// first (they stay apart under colour blindness); `*Text` variants reach 4.5:1 on every surface they are used on.

export type Scheme = 'light' | 'dark';

export interface Palette {
  readonly page: string;
  readonly surface: string;
  readonly raised: string;
  readonly hover: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly ink: string;
  readonly inkSoft: string;
  readonly inkFaint: string;
  readonly accent: string;
  readonly accentInk: string;
  readonly accentSoft: string;
  readonly onAccent: string;
  readonly ok: string;
  /** Ticks stand in dozens: in the dark they are calmer than the single glyph. */
  readonly okTick: string;
  readonly okText: string;
  readonly running: string;
  readonly runningText: string;
  readonly late: string;
  readonly lateText: string;
  readonly degraded: string;
  readonly degradedText: string;
  readonly degradedSoft: string;
  readonly down: string;
  readonly downText: string;
  readonly downSoft: string;
  readonly paused: string;
  readonly pausedText: string;
  /** Rising and falling prices: blue-green and orange stay apart without red and green. */
  readonly rise: string;
  readonly fall: string;
  readonly riseText: string;
  readonly fallText: string;
  readonly grid: string;
}

export const PALETTES: Readonly<Record<Scheme, Palette>> = {
  light: {
    page: '#f6f7f9',
    surface: '#ffffff',
    raised: '#ffffff',
    hover: '#f1f3f6',
    line: '#e4e7eb',
    lineStrong: '#c9ced6',
    ink: '#15181d',
    inkSoft: '#474e59',
    inkFaint: '#626a76',
    accent: '#4151d6',
    accentInk: '#3643bd',
    accentSoft: '#eceefc',
    onAccent: '#ffffff',
    ok: '#19a171',
    okTick: '#19a171',
    okText: '#0b6b49',
    running: '#2262ae',
    runningText: '#1d569a',
    late: '#d516e0',
    lateText: '#a30dad',
    degraded: '#947e21',
    degradedText: '#705e12',
    degradedSoft: '#fbf6df',
    down: '#821109',
    downText: '#821109',
    downSoft: '#fbeae8',
    paused: '#535861',
    pausedText: '#535861',
    rise: '#1a8f86',
    fall: '#c2560c',
    riseText: '#0d6d66',
    fallText: '#a04608',
    grid: '#eceef2',
  },
  dark: {
    page: '#0c0e12',
    surface: '#12151a',
    raised: '#191d24',
    hover: '#1a1e25',
    line: '#23282f',
    lineStrong: '#3a414c',
    ink: '#e8eaee',
    inkSoft: '#aab1bc',
    inkFaint: '#8a929e',
    accent: '#5b69e6',
    accentInk: '#9aa6ff',
    accentSoft: '#1d2240',
    onAccent: '#ffffff',
    ok: '#74ffd4',
    okTick: '#45bf9b',
    okText: '#7de8c6',
    running: '#55a0fb',
    runningText: '#7db6fc',
    late: '#b04fb4',
    lateText: '#db8fde',
    degraded: '#f4de8a',
    degradedText: '#f4de8a',
    degradedSoft: '#2a2614',
    down: '#d8432f',
    downText: '#ff8a7a',
    downSoft: '#331714',
    paused: '#8e959e',
    pausedText: '#a2a9b3',
    rise: '#46c2b5',
    fall: '#e88a3c',
    riseText: '#5fd0c4',
    fallText: '#f0a160',
    grid: '#1d2229',
  },
};

/** `inkSoft` → `--pw-ink-soft`. */
export function toCssVariables(palette: Palette): Record<string, string> {
  return Object.fromEntries(
    Object.entries(palette).map(([name, value]) => [
      `--pw-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      value as string,
    ]),
  );
}
