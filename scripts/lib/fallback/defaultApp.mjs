// What the fallback runtime runs when it is given an app directory, as Electron's own default app would.
// An ES module on purpose: Electron waits for its top-level await before "ready", so the app's main module may still
// register privileged schemes. Packed into default_app.asar by the installer; never part of Poolwatch.
import { app } from 'electron';
import { existsSync, readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const preloads = [];
let target;
const args = process.argv.slice(1);
for (let index = 0; index < args.length && target === undefined; index += 1) {
  const arg = args[index];
  if (arg === '-r' || arg === '--require') preloads.push(args[(index += 1)]);
  else if (!arg.startsWith('-')) target = arg;
}
// Playwright hands its loader over this way.
if (preloads.length > 0) Module._preloadModules(preloads);

if (target === undefined) {
  console.error('The fallback Electron runtime needs the path of an app.');
  app.exit(2);
} else {
  Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
  await runApp(resolve(target));
}

async function runApp(path) {
  try {
    const manifest = join(path, 'package.json');
    let main = path;
    if (existsSync(manifest)) {
      const about = JSON.parse(readFileSync(manifest, 'utf8'));
      if (about.version) app.setVersion(about.version);
      app.name = about.productName ?? about.name ?? app.name;
      if (about.desktopName) app.setDesktopName(about.desktopName);
      app.setAppPath(path);
      main = join(path, about.main ?? 'index.js');
    } else {
      app.setAppPath(dirname(path));
    }
    await import(pathToFileURL(createRequire(import.meta.url).resolve(main)).href);
  } catch (error) {
    console.error(error);
    app.exit(1);
  }
}
