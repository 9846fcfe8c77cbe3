// How the window looks, and what helps to use it.
import { THEMES } from '../../../../../shared/domain/settings';
import { showOverlay } from '../../../store/overlayStore';
import { chooseTheme, THEME_LOOKS } from '../../shell/rail';
import { openDataFolder } from '../../openDataFolder';
import type { PaletteAction, PaletteContext } from '../paletteAction';

export function windowActions({ snapshot }: PaletteContext): readonly PaletteAction[] {
  return [
    ...THEMES.map((theme): PaletteAction => ({
      id: `window.theme.${theme}`,
      group: 'Window',
      title: `Appearance: ${THEME_LOOKS[theme].title.toLowerCase()}`,
      keywords: 'theme colours settings',
      ...(snapshot.app.theme === theme && { refused: 'The window looks so already.' }),
      run: () => chooseTheme(theme),
    })),
    {
      id: 'window.shortcuts',
      group: 'Window',
      title: 'Show the keyboard shortcuts',
      keywords: 'help keys',
      keys: '?',
      run: () => showOverlay({ kind: 'shortcuts' }),
    },
    {
      id: 'window.dataFolder',
      group: 'Window',
      title: 'Open the data folder',
      keywords: 'files profile logs',
      run: () => void openDataFolder(),
    },
  ];
}
