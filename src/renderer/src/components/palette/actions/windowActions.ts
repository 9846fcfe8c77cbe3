// How the window looks, and what helps to use it.
import { THEMES } from '../../../../../shared/domain/settings';
import { showOverlay } from '../../../store/overlayStore';
import { chooseTheme } from '../../shell/rail';
import { openDataFolder } from '../../openDataFolder';
import type { PaletteAction, PaletteContext } from '../paletteAction';
import { t } from '../../../texts/texts';

export function windowActions({ snapshot }: PaletteContext): readonly PaletteAction[] {
  return [
    ...THEMES.map((theme): PaletteAction => ({
      id: `window.theme.${theme}`,
      group: 'window',
      title: t(`palette.theme.${theme}`),
      keywords: t('palette.themeWords'),
      ...(snapshot.app.theme === theme && { refused: t('palette.looksSo') }),
      run: () => chooseTheme(theme),
    })),
    {
      id: 'window.shortcuts',
      group: 'window',
      title: t('palette.showShortcuts'),
      keywords: t('palette.showShortcutsWords'),
      keys: '?',
      run: () => showOverlay({ kind: 'shortcuts' }),
    },
    {
      id: 'window.dataFolder',
      group: 'window',
      title: t('palette.openDataFolder'),
      keywords: t('palette.openDataFolderWords'),
      run: () => void openDataFolder(),
    },
  ];
}
