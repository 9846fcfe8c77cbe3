// What this program is, what it runs on, and where everything lies.
import type { ReactNode } from 'react';
import { Notice } from '../../../components/notice';
import { Panel } from '../../../components/panel';
import { useQuery } from '../../../hooks/useQuery';
import { CopyButton, CopyPath } from '../copyPath';
import { t } from '../../../texts/texts';
import classes from '../settings.module.css';

export function AboutSection(): ReactNode {
  const { data: about, error, refresh } = useQuery('app.about', null);
  if (about === null) {
    return error === null ? (
      <Notice title={t('settings.asking')} />
    ) : (
      <Notice title={t('common.noAnswer')} tone="error" action={{ label: t('common.tryAgain'), run: refresh }}>
        {error.message}
      </Notice>
    );
  }
  return (
    <Panel
      title={`Poolwatch ${about.version}`}
      testId="about"
      aside={
        <CopyButton what="about" label={t('common.copyAsText')} copied={t('settings.aboutCopied')}>
          {t('common.copyAsText')}
        </CopyButton>
      }
    >
      <div className={classes.body}>
        <p className={classes.words}>
          {t('settings.purpose')}
          {about.testBuild && ` ${t('settings.testBuild')}`}
        </p>
        <dl className={classes.facts}>
          {Object.entries(about.versions).map(([name, version]) => (
            <Fact key={name} name={VERSION_NAMES[name] ?? name}>
              {version}
            </Fact>
          ))}
          <Fact name={t('settings.factPlatform')}>{about.platform}</Fact>
          <Fact name={t('settings.factLicence')}>{about.licence}</Fact>
          <Fact name={t('settings.dataFolder')}>
            <CopyPath path={about.dataDir} what="data_folder" />
          </Fact>
          <Fact name={t('settings.factDatabases')}>
            <bdi className="pw-mono">{about.profileDir}</bdi>
          </Fact>
          <Fact name={t('settings.title')}>
            <CopyPath path={about.settingsFile} what="settings_file" />
          </Fact>
          <Fact name={t('settings.factLogs')}>
            <bdi className="pw-mono">{about.logsDir}</bdi>
          </Fact>
          <Fact name={t('settings.factKeys')}>
            {about.secrets === 'keychain' ? t('settings.inKeychain') : t('settings.inMemory')}
          </Fact>
        </dl>
      </div>
    </Panel>
  );
}

const VERSION_NAMES: Readonly<Record<string, string>> = {
  electron: 'Electron',
  chrome: 'Chromium',
  node: 'Node.js',
  'better-sqlite3': 'better-sqlite3 (addon)',
  sqlite: 'SQLite',
};

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
