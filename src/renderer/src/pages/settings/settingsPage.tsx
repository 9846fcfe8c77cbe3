// Settings: where data comes from, how it is collected and kept, how the window and the program behave, files in and out, About.
import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import type { SavedSettings } from '../../../../shared/contract/settings';
import { assertNever } from '../../../../shared/util/assertNever';
import { Notice } from '../../components/notice';
import { PageHeader } from '../../components/pageHeader';
import { useQuery } from '../../hooks/useQuery';
import { navigate, useRoute } from '../../store/route';
import { useSnapshot } from '../../store/selectors';
import { AboutSection } from './about/aboutSection';
import { UpdatePanel } from './about/updatePanel';
import { CollectorsSection } from './collectors/collectorsSection';
import { DesktopSection } from './desktop/desktopSection';
import { FilesSection } from './files/filesSection';
import { KeepingSection } from './keeping/keepingSection';
import { SourcesSection } from './sources/sourcesSection';
import { t } from '../../texts/texts';
import classes from './settings.module.css';

export const SETTINGS_SECTIONS = ['sources', 'collectors', 'keeping', 'desktop', 'files', 'about'] as const;
type Section = (typeof SETTINGS_SECTIONS)[number];

export function SettingsPage({ onHaveKey }: { readonly onHaveKey: () => void }): ReactNode {
  const { itemId } = useRoute();
  const chosen = SETTINGS_SECTIONS.find((section) => section === itemId) ?? 'sources';
  // Another source replaces other parts of them; the theme can be changed in the rail.
  const trigger = useSnapshot(({ app }) => `${app.mode} ${app.keyPlan} ${app.theme}`);
  const { data, error, refresh } = useQuery('settings.saved', null, { trigger });
  return (
    <div className={classes.page} data-testid="page-settings">
      <PageHeader title={t('settings.title')} />
      <Tabs value={chosen} onChange={(section) => navigate('settings', section)} keepMounted={false}>
        <Tabs.List className={classes.tabs}>
          {SETTINGS_SECTIONS.map((section) => (
            <Tabs.Tab key={section} value={section} data-testid={`settings-${section}`}>
              {t(`settings.section.${section}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {SETTINGS_SECTIONS.map((section) => (
          <Tabs.Panel key={section} value={section} className={classes.section}>
            {data === null ? (
              <Notice
                title={error === null ? t('settings.reading') : t('settings.notRead')}
                tone={error === null ? 'plain' : 'error'}
                {...(error !== null && { action: { label: t('common.tryAgain'), run: refresh } })}
              >
                {error?.message}
              </Notice>
            ) : (
              <SectionView section={section} settings={data} onSaved={refresh} onHaveKey={onHaveKey} />
            )}
          </Tabs.Panel>
        ))}
      </Tabs>
    </div>
  );
}

interface SectionViewProps {
  readonly section: Section;
  readonly settings: SavedSettings;
  readonly onSaved: () => void;
  readonly onHaveKey: () => void;
}

function SectionView({ section, settings, onSaved, onHaveKey }: SectionViewProps): ReactNode {
  switch (section) {
    case 'sources':
      return <SourcesSection settings={settings} onSaved={onSaved} onHaveKey={onHaveKey} />;
    case 'collectors':
      return <CollectorsSection settings={settings} onSaved={onSaved} />;
    case 'keeping':
      return <KeepingSection settings={settings} onSaved={onSaved} />;
    case 'desktop':
      return <DesktopSection settings={settings} onSaved={onSaved} />;
    case 'files':
      return <FilesSection settings={settings} />;
    case 'about':
      return (
        <>
          <AboutSection />
          <UpdatePanel />
        </>
      );
    default:
      return assertNever(section);
  }
}
