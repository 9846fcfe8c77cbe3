// Every page, and the parts of the alerts and of the settings.
import { SETTINGS_SECTIONS } from '../../../pages/settings/settingsPage';
import { ALERT_SECTIONS, navigate, navigateAlerts, PAGES } from '../../../store/route';
import { ENTRIES as PAGE_ENTRIES } from '../../shell/rail';
import type { PaletteAction } from '../paletteAction';
import { t } from '../../../texts/texts';

export function pageActions(): readonly PaletteAction[] {
  const pages = PAGES.map((page, index): PaletteAction => {
    return {
      id: `page.${page}`,
      group: 'goTo',
      title: t(PAGE_ENTRIES[page].titleKey),
      keywords: t('palette.openPageWords'),
      keys: String(index + 1),
      run: () => navigate(page),
    };
  });
  const sections = ALERT_SECTIONS.flatMap((section): readonly PaletteAction[] => {
    if (section === 'inbox') return [];
    const title = t(`palette.alertSection.${section}`);
    return [{ id: `page.alerts.${section}`, group: 'goTo', title, run: () => navigateAlerts(section) }];
  });
  const settings = SETTINGS_SECTIONS.map((section): PaletteAction => {
    const title = t(`palette.settings.${section}`);
    return { id: `page.settings.${section}`, group: 'goTo', title, run: () => navigate('settings', section) };
  });
  return [...pages, ...sections, ...settings];
}
