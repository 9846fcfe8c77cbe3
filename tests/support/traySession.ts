// A desktop of its own on a screen that nobody sees: window manager, a panel with a tray, a notification daemon. Nothing of the
// person's own settings is read or written. Everything ends with `stop`.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { startVirtualDisplay } from '../../scripts/lib/display.mjs';

const run = promisify(execFile);

const PROGRAMS = ['Xvfb', 'dbus-daemon', 'openbox', 'xfce4-panel', 'dunst', 'dunstctl', 'gdbus', 'xdotool', 'maim'];
const PANEL_HEIGHT_PX = 32;
const MENU = '/com/canonical/dbusmenu';
const WAIT_MS = 15_000;

/** What is missing to run such a desktop here; null when nothing is. */
export function missingForTray(): string | null {
  if (process.platform !== 'linux') return 'trays are only looked at on Linux';
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const missing = PROGRAMS.filter((program) => !folders.some((folder) => existsSync(join(folder, program))));
  return missing.length === 0 ? null : `not installed: ${missing.join(', ')}`;
}

export interface MenuLine {
  readonly id: number;
  readonly label: string;
  readonly enabled: boolean;
}

export interface TraySession {
  readonly env: Readonly<Record<string, string>>;
  /** The lines of the menu of the one icon in the tray; empty before there is one. */
  menu(): Promise<readonly MenuLine[]>;
  /** Chooses a line by how its label begins. */
  choose(label: string): Promise<void>;
  /** A click on the icon. */
  activate(): Promise<void>;
  /** Opens the menu where a person would, with the mouse. */
  openMenu(): Promise<void>;
  closeMenu(): Promise<void>;
  /** How many notifications are on the screen. */
  notifications(): Promise<number>;
  /** Takes them all off the screen; returns their titles, newest first. */
  clearNotifications(): Promise<readonly string[]>;
  /** Clicks on the newest notification. */
  clickNotification(): Promise<void>;
  /** How many windows of Poolwatch can be seen. */
  windows(): Promise<number>;
  /** One picture of the whole screen. */
  picture(file: string): Promise<void>;
  stop(): Promise<void>;
}

export async function startTraySession(): Promise<TraySession> {
  const home = mkdtempSync(join(tmpdir(), 'poolwatch-tray-'));
  const config = join(home, 'config');
  writeConfig(config);
  const display = await startVirtualDisplay({
    screen: '1280x800x24',
    env: {
      HOME: home,
      XDG_CONFIG_HOME: config,
      XDG_CACHE_HOME: join(home, 'cache'),
      XDG_DATA_HOME: join(home, 'data'),
      GTK_THEME: 'Adwaita:dark',
      NO_AT_BRIDGE: '1',
    },
  });
  const env = Object.fromEntries(
    Object.entries(display.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const children = [
    start('openbox', ['--sm-disable', '--config-file', join(config, 'openbox.xml')], env),
    start('xfce4-panel', ['--disable-wm-check', '--sm-client-disable'], env),
    start('dunst', ['-config', join(config, 'dunstrc')], env),
  ];
  const ask = async (program: string, ...args: readonly string[]): Promise<string> =>
    (await run(program, [...args], { env })).stdout;
  const call = (dest: string, path: string, method: string, ...args: readonly string[]): Promise<string> =>
    ask('gdbus', 'call', '--session', '--dest', dest, '--object-path', path, '--method', method, ...args);

  const hosts = (): Promise<string> =>
    property(call, 'org.kde.StatusNotifierWatcher', '/StatusNotifierWatcher', 'IsStatusNotifierHostRegistered');
  await until('the panel has a tray', async () => (await hosts()).includes('true'));

  const item = async (): Promise<string | null> => {
    const items = await property(
      call,
      'org.kde.StatusNotifierWatcher',
      '/StatusNotifierWatcher',
      'RegisteredStatusNotifierItems',
    );
    return /'([^'/]+)(?:\/[^']*)?'/.exec(items)?.[1] ?? null;
  };
  const iconPath = async (): Promise<string> => {
    const items = await property(
      call,
      'org.kde.StatusNotifierWatcher',
      '/StatusNotifierWatcher',
      'RegisteredStatusNotifierItems',
    );
    return /'[^'/]+(\/[^']*)'/.exec(items)?.[1] ?? '/StatusNotifierItem';
  };
  const menuPath = async (owner: string): Promise<string> =>
    /'(\/[^']+)'/.exec(await property(call, owner, await iconPath(), 'Menu', 'org.kde.StatusNotifierItem'))?.[1] ??
    MENU;

  const session: TraySession = {
    env,
    async menu() {
      const owner = await item();
      if (owner === null) return [];
      const layout = await call(
        owner,
        await menuPath(owner),
        'com.canonical.dbusmenu.GetLayout',
        '--',
        '0',
        '-1',
        '@as []',
      );
      return linesOf(layout);
    },
    async choose(label) {
      const line = (await session.menu()).find((each) => each.label.startsWith(label));
      if (!line?.enabled) throw new Error(`the tray menu does not offer "${label}"`);
      const owner = (await item()) ?? '';
      await call(owner, await menuPath(owner), 'com.canonical.dbusmenu.Event', String(line.id), 'clicked', "<''>", '0');
    },
    async activate() {
      const owner = (await item()) ?? '';
      await call(owner, await iconPath(), 'org.kde.StatusNotifierItem.Activate', '0', '0');
    },
    async openMenu() {
      await ask('xdotool', 'mousemove', String(PANEL_HEIGHT_PX / 2), String(PANEL_HEIGHT_PX / 2), 'click', '3');
      // Off the icon, where nothing else is lit up.
      await ask('xdotool', 'mousemove', '640', '780');
    },
    async closeMenu() {
      await ask('xdotool', 'key', 'Escape');
    },
    async notifications() {
      return Number(await ask('dunstctl', 'count', 'displayed'));
    },
    async clearNotifications() {
      const shown = await session.notifications();
      await ask('dunstctl', 'close-all');
      const history = JSON.parse(await ask('dunstctl', 'history')) as DunstHistory;
      return history.data
        .flat()
        .slice(0, shown)
        .map(({ summary }) => summary.data);
    },
    async clickNotification() {
      await ask('dunstctl', 'action', '0');
    },
    async windows() {
      // It fails where there is none.
      const found = await ask('xdotool', 'search', '--onlyvisible', '--name', '^Poolwatch$').catch(() => '');
      return found.split('\n').filter((id) => id !== '').length;
    },
    async picture(file) {
      mkdirSync(dirname(file), { recursive: true });
      await ask('maim', '--delay=0.5', file);
    },
    async stop() {
      await Promise.all(children.map(end));
      await display.stop();
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
  return session;
}

interface DunstHistory {
  readonly data: readonly (readonly { readonly summary: { readonly data: string } }[])[];
}

type Call = (dest: string, path: string, method: string, ...args: readonly string[]) => Promise<string>;

async function property(
  call: Call,
  dest: string,
  path: string,
  name: string,
  of = 'org.kde.StatusNotifierWatcher',
): Promise<string> {
  return await call(dest, path, 'org.freedesktop.DBus.Properties.Get', of, name).catch(() => '');
}

/** From the text of gdbus: `(3, {'label': <'Quit'>, 'enabled': <false>}, …)`. */
function linesOf(layout: string): readonly MenuLine[] {
  return [...layout.matchAll(/\((\d+), \{([^{}]*)\}/g)].flatMap(([, id, properties]) => {
    const label = /'label': <(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")>/.exec(properties ?? '');
    if (!label) return [];
    return { id: Number(id), label: label[1] ?? label[2] ?? '', enabled: !/'enabled': <false>/.test(properties ?? '') };
  });
}

function start(program: string, args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  return spawn(program, [...args], { env, stdio: 'ignore' });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + WAIT_MS;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited ${WAIT_MS} ms in vain: ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** A panel of one row at the top with nothing but a tray, the clock and the list of windows. */
function writeConfig(config: string): void {
  const channel = join(config, 'xfce4', 'xfconf', 'xfce-perchannel-xml');
  mkdirSync(channel, { recursive: true });
  writeFileSync(join(channel, 'xfce4-panel.xml'), PANEL);
  writeFileSync(join(config, 'openbox.xml'), OPENBOX);
  writeFileSync(join(config, 'dunstrc'), DUNST);
}

const PANEL = `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="dark-mode" type="bool" value="true"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="${PANEL_HEIGHT_PX}"/>
      <property name="icon-size" type="uint" value="24"/>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/>
        <value type="int" value="2"/>
        <value type="int" value="3"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="systray">
      <property name="square-icons" type="bool" value="true"/>
      <property name="icon-size" type="int" value="24"/>
    </property>
    <property name="plugin-2" type="string" value="separator">
      <property name="expand" type="bool" value="true"/>
      <property name="style" type="uint" value="0"/>
    </property>
    <property name="plugin-3" type="string" value="clock">
      <property name="digital-layout" type="uint" value="3"/>
      <property name="digital-time-format" type="string" value="%H:%M"/>
    </property>
  </property>
</channel>
`;

const OPENBOX = `<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <theme><name>Clearlooks</name></theme>
  <desktops><number>1</number></desktops>
</openbox_config>
`;

const DUNST = `[global]
    width = 380
    height = 220
    origin = top-right
    offset = 16x44
    padding = 14
    horizontal_padding = 16
    frame_width = 1
    corner_radius = 8
    font = DejaVu Sans 10
    format = "<b>%s</b>\\n%b"
    markup = full
    word_wrap = yes
    ellipsize = end
    icon_position = left
    max_icon_size = 48
    history_length = 50
    idle_threshold = 0
    show_indicators = no
[urgency_low]
    background = "#1d232e"
    foreground = "#e8edf5"
    frame_color = "#3a4456"
    timeout = 0
[urgency_normal]
    background = "#1d232e"
    foreground = "#e8edf5"
    frame_color = "#3a4456"
    timeout = 0
[urgency_critical]
    background = "#1d232e"
    foreground = "#e8edf5"
    frame_color = "#f03e3e"
    timeout = 0
`;
