// Writes the app icon as PNG in every size that desktops ask for, the same for Windows and macOS, and the icons of the tray. Run by hand after a change of the
// drawings: node scripts/make-icons.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeIcns, encodeIco, ICNS_TYPES } from './lib/iconContainers.mjs';
import { appIcon, drawPng } from './lib/iconDrawing.mjs';
import { ROOT } from './lib/paths.mjs';
import { TRAY_STATES, templateIcon, trayIcon } from './lib/trayDrawing.mjs';

const APP_SIZES_PX = [16, 24, 32, 48, 64, 128, 256, 512];
/** Once and twice the size of a tray: 16 on Windows and macOS, 24 on Linux. */
const TRAY_SIZES_PX = [16, 24, 32, 48];
const TEMPLATE_SIZES_PX = [16, 32];

const icons = join(ROOT, 'resources', 'icons');
mkdirSync(icons, { recursive: true });
const pictures = APP_SIZES_PX.map((sizePx) => ({ sizePx, png: drawPng(sizePx, appIcon(sizePx)) }));
for (const { sizePx, png } of pictures) writeFileSync(join(icons, `${sizePx}x${sizePx}.png`), png);
const ofWindows = pictures.filter(({ sizePx }) => sizePx <= 256);
writeFileSync(join(ROOT, 'resources', 'icon.ico'), encodeIco(ofWindows));
const ofMac = pictures.filter(({ sizePx }) => sizePx in ICNS_TYPES);
writeFileSync(join(ROOT, 'resources', 'icon.icns'), encodeIcns(ofMac));

const tray = join(ROOT, 'resources', 'tray');
mkdirSync(tray, { recursive: true });
for (const state of TRAY_STATES) {
  for (const size of TRAY_SIZES_PX)
    writeFileSync(join(tray, `${state}-${size}.png`), drawPng(size, trayIcon(state, size)));
  for (const size of TEMPLATE_SIZES_PX)
    writeFileSync(join(tray, `${state}-template-${size}.png`), drawPng(size, templateIcon(state)));
}
