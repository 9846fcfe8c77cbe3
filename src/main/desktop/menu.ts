// The application menu: what the system expects of any program, what the keyboard does in the window, and developer tools only in an
// unpackaged start.
import { Menu, type MenuItemConstructorOptions } from 'electron';

export interface MenuOptions {
  readonly developer: boolean;
  /** Presses keys in the window, as a person would. */
  press(key: string, withControl: boolean): void;
}

export function installMenu({ developer, press }: MenuOptions): void {
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ];
  if (developer) view.push({ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' });
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      process.platform === 'darwin' ? { role: 'appMenu' } : { role: 'fileMenu' },
      { role: 'editMenu' },
      {
        label: 'Go',
        submenu: [
          // The keys are only told here: the window itself listens for them. macOS would take them, so there they are not.
          {
            id: 'palette',
            label: 'Find a Page or a Command…',
            ...(process.platform !== 'darwin' && { accelerator: 'Control+K', registerAccelerator: false }),
            click: () => press('k', true),
          },
        ],
      },
      { label: 'View', submenu: view },
      { role: 'windowMenu' },
      { role: 'help', submenu: [{ id: 'shortcuts', label: 'Keyboard Shortcuts', click: () => press('?', false) }] },
    ]),
  );
}
