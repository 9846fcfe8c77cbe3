// Options that every chart shares: no animation, no parsing, one hover grammar, type and lines from the palette.
import { de } from 'date-fns/locale/de';
import { enUS } from 'date-fns/locale/en-US';
import type { ChartOptions, ScriptableScaleContext } from 'chart.js';
import { formatClock, formatDateTime } from '../../../../shared/util/format';
import type { Palette } from '../../theme/palette';
import { currentLanguage } from '../../texts/texts';

const FONT_SIZE = 11;

export function chartFont(): { readonly family: string; readonly size: number } {
  return { family: getComputedStyle(document.body).fontFamily, size: FONT_SIZE };
}

export const STILL = {
  animation: false,
  parsing: false,
  normalized: true,
  responsive: true,
  maintainAspectRatio: false,
} as const;

/** Plain values only, so that every kind of chart can take them. */
export function tooltipStyle(palette: Palette) {
  return {
    backgroundColor: palette.raised,
    borderColor: palette.lineStrong,
    borderWidth: 1,
    titleColor: palette.inkSoft,
    bodyColor: palette.ink,
    titleFont: { ...chartFont(), weight: 'normal' as const },
    bodyFont: chartFont(),
    padding: 8,
    cornerRadius: 6,
    boxWidth: 8,
    boxHeight: 8,
    boxPadding: 4,
    caretSize: 0,
    caretPadding: 10,
  };
}

type TimeAxis = NonNullable<ChartOptions<'line'>['scales']>['x'];

/** A time axis with fixed ends; labels never tilt. */
export function timeAxis(palette: Palette, min: number, max: number): TimeAxis & object {
  const inGerman = currentLanguage() === 'de';
  const dayFormat = inGerman ? 'd. MMM' : 'MMM d';
  return {
    type: 'time',
    min,
    max,
    grid: { display: false },
    border: { color: palette.line },
    adapters: { date: { locale: inGerman ? de : enUS } },
    time: {
      displayFormats: {
        second: 'HH:mm:ss',
        minute: 'HH:mm',
        hour: 'HH:mm',
        day: dayFormat,
        week: dayFormat,
        month: 'MMM yyyy',
      },
    },
    ticks: { color: palette.inkFaint, font: chartFont(), maxRotation: 0, autoSkipPadding: 24, source: 'auto' },
  };
}

export function gridColour(palette: Palette): (context: ScriptableScaleContext) => string {
  return (context) => (context.tick.value === 0 ? palette.line : palette.grid);
}

export function formatHoverTime(atMs: number, spanMs: number): string {
  return spanMs > 12 * 3_600_000 ? formatDateTime(atMs) : formatClock(atMs);
}
