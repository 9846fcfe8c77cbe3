// Makes the system's own parts (title bar, menus, scroll bars, prefers-color-scheme) follow the theme chosen in the settings.
import { nativeTheme } from 'electron';
import type { Application } from '../engine/application';

/** Takes the saved theme before the first window, then follows changes. */
export function followTheme(application: Application): void {
  nativeTheme.themeSource = application.snapshot().app.theme;
  application.onPatch(({ slices }) => {
    if (slices.app && slices.app.theme !== nativeTheme.themeSource) nativeTheme.themeSource = slices.app.theme;
  });
}
