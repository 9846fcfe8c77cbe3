// Every page, and the parts of the alerts and of the settings.
import { SETTINGS_SECTIONS, SETTINGS_TITLES } from '../../../pages/settings/settingsPage';
import { ALERT_SECTIONS, type AlertSection, navigate, navigateAlerts, PAGES } from '../../../store/route';
import { ENTRIES as PAGE_ENTRIES } from '../../shell/rail';
import type { PaletteAction } from '../paletteAction';

const SECTION_TITLES: Readonly<Record<Exclude<AlertSection, 'inbox'>, string>> = {
  rules: 'Alert rules',
  silences: 'Silences',
  deliveries: 'Deliveries of notices',
};

export function pageActions(): readonly PaletteAction[] {
  const pages = PAGES.map((page, index): PaletteAction => {
    return {
      id: `page.${page}`,
      group: 'Go to',
      title: PAGE_ENTRIES[page].title,
      keywords: 'open page',
      keys: String(index + 1),
      run: () => navigate(page),
    };
  });
  const sections = ALERT_SECTIONS.flatMap((section): readonly PaletteAction[] => {
    if (section === 'inbox') return [];
    const title = SECTION_TITLES[section];
    return [{ id: `page.alerts.${section}`, group: 'Go to', title, run: () => navigateAlerts(section) }];
  });
  const settings = SETTINGS_SECTIONS.map((section): PaletteAction => {
    const title = `Settings: ${SETTINGS_TITLES[section].toLowerCase()}`;
    return { id: `page.settings.${section}`, group: 'Go to', title, run: () => navigate('settings', section) };
  });
  return [...pages, ...sections, ...settings];
}
