// The one theme: Mantine's tokens and defaults bent to the palette, so that no component carries colours of its own.
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple, mergeThemeOverrides } from '@mantine/core';
import { PALETTES, toCssVariables } from './palette';
import { t } from '../texts/texts';

const accent: MantineColorsTuple = [
  '#eceefc',
  '#d6daf8',
  '#b3bbf2',
  '#8e99ec',
  '#717ee7',
  '#5b69e6',
  '#4b5ade',
  '#4151d6',
  '#3643bd',
  '#2a359b',
];

/** Mantine's own surfaces in the dark: text first, then lines, then menus and fields, then pages. */
const dark: MantineColorsTuple = [
  '#e8eaee',
  '#c9ced6',
  '#aab1bc',
  '#8a929e',
  '#333a44',
  '#2a3038',
  '#171b21',
  '#12151a',
  '#1c2129',
  '#08090c',
];

const FONT =
  "'Inter', 'Segoe UI Variable Text', 'Segoe UI', system-ui, -apple-system, 'SF Pro Text', 'Cantarell', 'Noto Sans', 'Liberation Sans', sans-serif";
const MONO =
  "ui-monospace, 'SF Mono', 'Cascadia Mono', 'JetBrains Mono', 'DejaVu Sans Mono', 'Liberation Mono', monospace";

export const TOOLTIP_DELAY_MS = 250;

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 5 },
  colors: { accent, dark },
  fontFamily: FONT,
  fontFamilyMonospace: MONO,
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    Button: { defaultProps: { size: 'xs', variant: 'default' } },
    ActionIcon: { defaultProps: { size: 26, variant: 'subtle', color: 'gray' } },
    Tooltip: {
      defaultProps: {
        openDelay: TOOLTIP_DELAY_MS,
        withArrow: false,
        multiline: true,
        maw: 340,
        transitionProps: { duration: 0 },
      },
    },
    Menu: {
      defaultProps: {
        withInitialFocusPlaceholder: false,
        shadow: 'md',
        transitionProps: { duration: 0 },
        width: 'max-content',
      },
    },
    // Asked for each time: the language may have changed since.
    Notification: { defaultProps: () => ({ closeButtonProps: { 'aria-label': t('shell.closeNotice') } }) },
    Modal: {
      defaultProps: { transitionProps: { duration: 120 }, centered: true, overlayProps: { backgroundOpacity: 0.45 } },
    },
    TextInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    NativeSelect: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs', comboboxProps: { transitionProps: { duration: 0 }, shadow: 'md' } } },
    SegmentedControl: { defaultProps: { size: 'xs', transitionDuration: 0 } },
  },
});

/** Where nothing may move. */
export const stillTheme = mergeThemeOverrides(
  theme,
  createTheme({ components: { Modal: { defaultProps: { transitionProps: { duration: 0 } } } } }),
);

/** Puts the palette behind our own variables and behind the Mantine ones that its components read. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: forScheme('light'),
  dark: forScheme('dark'),
});

function forScheme(scheme: 'light' | 'dark'): Record<string, string> {
  const palette = PALETTES[scheme];
  return {
    ...toCssVariables(palette),
    '--mantine-color-body': palette.surface,
    '--mantine-color-text': palette.ink,
    '--mantine-color-dimmed': palette.inkFaint,
    '--mantine-color-placeholder': palette.inkFaint,
    '--mantine-color-anchor': palette.accentInk,
    '--mantine-color-error': palette.downText,
    '--mantine-color-default': palette.surface,
    '--mantine-color-default-hover': palette.hover,
    '--mantine-color-default-color': palette.ink,
    '--mantine-color-default-border': palette.lineStrong,
    '--mantine-color-gray-light-color': palette.inkSoft,
    '--mantine-color-gray-light-hover': palette.hover,
    '--mantine-color-disabled': palette.hover,
    '--mantine-color-disabled-color': palette.inkFaint,
    '--mantine-color-disabled-border': palette.line,
  };
}
