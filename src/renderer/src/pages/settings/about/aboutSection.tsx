// What this program is, what it runs on, and where everything lies.
import type { ReactNode } from 'react';
import { Notice } from '../../../components/notice';
import { Panel } from '../../../components/panel';
import { useQuery } from '../../../hooks/useQuery';
import { CopyButton, CopyPath } from '../copyPath';
import classes from '../settings.module.css';

export function AboutSection(): ReactNode {
  const { data: about, error, refresh } = useQuery('app.about', null);
  if (about === null) {
    return error === null ? (
      <Notice title="Asking…" />
    ) : (
      <Notice title="There is no answer" tone="error" action={{ label: 'Try again', run: refresh }}>
        {error.message}
      </Notice>
    );
  }
  return (
    <Panel
      title={`Poolwatch ${about.version}`}
      testId="about"
      aside={
        <CopyButton what="about" label="Copy as text" copied="What Poolwatch is was copied.">
          Copy as text
        </CopyButton>
      }
    >
      <div className={classes.body}>
        <p className={classes.words}>
          Collects decentralised-exchange market data day and night, never loses an acknowledged row, and says what went
          wrong before you ask.
          {about.testBuild && ' This build uses a runtime that is only for tests.'}
        </p>
        <dl className={classes.facts}>
          {Object.entries(about.versions).map(([name, version]) => (
            <Fact key={name} name={VERSION_NAMES[name] ?? name}>
              {version}
            </Fact>
          ))}
          <Fact name="Platform">{about.platform}</Fact>
          <Fact name="Licence">{about.licence}</Fact>
          <Fact name="Data folder">
            <CopyPath path={about.dataDir} what="data_folder" name="the data folder" />
          </Fact>
          <Fact name="Databases">
            <bdi className="pw-mono">{about.profileDir}</bdi>
          </Fact>
          <Fact name="Settings">
            <CopyPath path={about.settingsFile} what="settings_file" name="the settings file" />
          </Fact>
          <Fact name="Logs">
            <bdi className="pw-mono">{about.logsDir}</bdi>
          </Fact>
          <Fact name="Keys and addresses">
            {about.secrets === 'keychain' ? 'in the keychain of this system' : 'in memory: this system has no keychain'}
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
