// The least that Electron can be: what a window, or none, costs without a program in it. Not part of Poolwatch.
import { app, BrowserWindow } from 'electron';

const EMPTY = 'data:text/html,<!doctype html><title>bare</title><style>main{height:200vh}</style><main></main>';
const [, width, height] = /^(\d+)x(\d+)$/.exec(process.env['POOLWATCH_BENCH_BARE'] ?? '') ?? [];

void app.whenReady().then(() => {
  if (width === undefined) return;
  const window = new BrowserWindow({ width: Number(width), height: Number(height), useContentSize: true, show: false });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(EMPTY);
});
app.on('window-all-closed', () => app.quit());
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => app.exit(0));
