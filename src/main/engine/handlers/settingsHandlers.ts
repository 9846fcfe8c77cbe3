// What a person can ask and order about the settings and about the program itself: where all of it lies, what may be copied and
// taken elsewhere. What a change means for the work in progress is the application's to say.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../../shared/contract/envelope';
import type { About, Copyable, SavedSettings } from '../../../shared/contract/settings';
import type { Settings, SourceMode } from '../../../shared/domain/settings';
import { aboutText } from '../../../shared/util/aboutText';
import { assertNever } from '../../../shared/util/assertNever';
import { dependencies, license } from '../../../../package.json';
import { changed } from '../../settings/settingsChange';
import { checkSettings } from '../../settings/settingsSchema';
import type { CommandHandlers, QueryHandlers } from '../application';
import { shownDoors } from '../doors';
import { replacedSections } from '../profiles';
import { describeError, type HandlerContext, reading } from './context';

export interface SettingsSubject {
  readonly rootDir: string;
  readonly appVersion: string;
  readonly testBuild: boolean;
  readonly runtime: Readonly<Record<string, string>>;
  saved(): Settings;
  settingsFile(): string;
  mode(): SourceMode;
  /** Saves valid settings and lets them take effect. */
  apply(settings: Settings): Promise<Result<null>>;
}

type SettingsQueries = Pick<QueryHandlers, 'settings.saved' | 'app.about' | 'startup.get'>;
type SettingsCommands = Pick<CommandHandlers, 'settings.change' | 'settings.export' | 'startup.set' | 'app.copy'>;

export function settingsQueries(context: HandlerContext, subject: SettingsSubject): SettingsQueries {
  return {
    'settings.saved': () => Promise.resolve(ok(savedSettings(subject))),
    'app.about': () => about(context, subject),
    'startup.get': async () => ok(await context.ports.startup.get()),
  };
}

export function settingsCommands(context: HandlerContext, subject: SettingsSubject): SettingsCommands {
  const { ports } = context;
  return {
    async 'settings.change'({ change }) {
      const checked = checkSettings(changed(subject.saved(), change));
      if (!checked.ok) return checked;
      const hidden = checked.value.window.hiddenAtLogin;
      const moved = hidden === subject.saved().window.hiddenAtLogin ? ok(null) : await startHidden(context, hidden);
      return moved.ok ? await subject.apply(checked.value) : moved;
    },
    async 'settings.export'() {
      const path = await ports.chooseSaveFile('poolwatch-settings.json');
      if (path === null) return ok({ path });
      try {
        await writeFile(path, `${JSON.stringify(withoutSecrets(subject.saved()), null, 2)}\n`);
      } catch (error) {
        return fail('unavailable', `The settings could not be written: ${describeError(error)}`);
      }
      return ok({ path });
    },
    'startup.set': ({ atLogin }) => ports.startup.set({ atLogin, hidden: subject.saved().window.hiddenAtLogin }),
    async 'app.copy'({ what }) {
      const text = await textOf(what, context, subject);
      if (text.ok) ports.copyText(text.value);
      return text.ok ? ok(null) : text;
    },
  };
}

/** How it starts at login is written where the system reads it; there is nothing to do where it does not start then. */
async function startHidden({ ports }: HandlerContext, hidden: boolean): Promise<Result<null>> {
  const { atLogin } = await ports.startup.get();
  return atLogin ? await ports.startup.set({ atLogin, hidden }) : ok(null);
}

function savedSettings({ saved, settingsFile, mode }: SettingsSubject): SavedSettings {
  const present = saved();
  return {
    saved: { ...withoutSecrets(present), doors: shownDoors(present.doors) },
    replaced: replacedSections(mode()),
    file: settingsFile(),
  };
}

/** Keys and addresses of channels are not in the settings at all; what is left is the address of the ping, and one that names a user. */
function withoutSecrets(settings: Settings): Settings {
  const { source, doors } = settings;
  const url = source.baseUrl === null ? null : new URL(source.baseUrl);
  const isOpen = url === null || (url.username === '' && url.password === '');
  return {
    ...settings,
    source: { ...source, baseUrl: isOpen ? source.baseUrl : null },
    doors: { ...doors, ping: { url: null } },
  };
}

function about(context: HandlerContext, subject: SettingsSubject): Promise<Result<About>> {
  const { rootDir, appVersion, testBuild, runtime } = subject;
  return reading(context, async ({ market, place }) => ({
    version: appVersion,
    testBuild,
    licence: license,
    versions: {
      ...runtime,
      'better-sqlite3': dependencies['better-sqlite3'],
      sqlite: (await market.read('addon.about', null)).sqlite,
    },
    platform: `${process.platform} ${process.arch}`,
    dataDir: rootDir,
    profileDir: place.profileDir,
    settingsFile: subject.settingsFile(),
    logsDir: join(rootDir, 'logs'),
    secrets: context.ports.secrets.isPersistent() ? 'keychain' : 'memory',
  }));
}

async function textOf(what: Copyable, context: HandlerContext, subject: SettingsSubject): Promise<Result<string>> {
  switch (what) {
    case 'data_folder':
      return ok(subject.rootDir);
    case 'settings_file':
      return ok(subject.settingsFile());
    case 'about': {
      const answer = await about(context, subject);
      return answer.ok ? ok(aboutText(answer.value)) : answer;
    }
    default:
      return assertNever(what);
  }
}
