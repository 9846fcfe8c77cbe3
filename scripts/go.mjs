// The one entry of every command: works on a fresh clone, before anything is installed, because it imports nothing but
// Node and its neighbours. Sets up what the command needs, then runs it. Tried on Linux; Windows and macOS take the same
// path without the system step and the virtual display, which was not tried there.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { helpText, parseArguments } from './lib/arguments.mjs';
import { forgetBuild, OUT } from './lib/build.mjs';
import { runInForeground, withDisplay } from './lib/launch.mjs';
import { launchFlags } from './lib/launchFlags.mjs';
import { NODE_MODULES, ROOT } from './lib/paths.mjs';
import { setUp } from './lib/setup.mjs';
import { SetupError } from './lib/setupError.mjs';

const say = (/** @type {string} */ line) => process.stdout.write(`${line}\n`);

/** @type {Record<ReturnType<typeof parseArguments>['command'], (rest: string[]) => Promise<number>>} */
const commands = {
  help: async () => {
    process.stdout.write(helpText());
    return 0;
  },
  setup: async () => {
    await setUp({ window: true, addon: true, build: true }, process.stdout);
    return 0;
  },
  start: async (rest) => {
    const runtime = await setUp({ window: true, addon: true, build: true }, process.stdout);
    if (runtime === undefined) throw new Error('no runtime');
    return await withDisplay({ always: false, say }, async (env) => {
      // Nobody sees the window there, so the app says on the terminal what it would show.
      const printed = env['POOLWATCH_VIRTUAL_DISPLAY'] === '1' ? { POOLWATCH_PRINT_RUNS: '1' } : {};
      return await runInForeground(runtime.executable, [...launchFlags(env), ROOT, ...rest], {
        env: { ...env, ...printed },
      });
    });
  },
  dev: async (rest) => {
    const runtime = await setUp({ window: true, addon: true }, process.stdout);
    if (runtime === undefined) throw new Error('no runtime');
    const tool = join(NODE_MODULES, 'electron-vite', 'bin', 'electron-vite.js');
    forgetBuild();
    return await withDisplay({ always: false, say }, async (env) => {
      const sandbox = launchFlags(env).includes('--no-sandbox') ? ['--noSandbox'] : [];
      return await runInForeground(process.execPath, [tool, 'dev', '--watch', ...sandbox, ...rest], {
        cwd: ROOT,
        env: { ...env, ELECTRON_EXEC_PATH: runtime.executable },
      });
    });
  },
  build: async () => {
    await setUp({ build: true }, process.stdout);
    const { checkBundle } = await import('./check-bundle.mjs');
    return report(checkBundle(OUT));
  },
  cli: async (rest) => {
    // Only the command line's own output may reach stdout: it is read by programs.
    await setUp({ addon: true, build: true }, process.stderr);
    return await runInForeground(process.execPath, [join(OUT, 'main', 'cli.js'), ...rest]);
  },
  check: async () => {
    await setUp({}, process.stdout);
    const { runChecks } = await import('./lib/check.mjs');
    const failed = (await runChecks(say)).filter((check) => check.problem !== undefined);
    return failed.length === 0 ? 0 : 1;
  },
  test: async (rest) => {
    const { runTests } = await import('./lib/test.mjs');
    return await runTests(rest, say);
  },
  package: async () => {
    const runtime = await setUp({ window: true, addon: true, build: true }, process.stdout);
    if (runtime === undefined) throw new Error('no runtime');
    const { packageApp } = await import('./lib/package.mjs');
    say(await packageApp(runtime));
    return 0;
  },
  packages: async () => {
    const runtime = await setUp({ window: true, addon: true, build: true, packages: true }, process.stdout);
    if (runtime === undefined) throw new Error('no runtime');
    const { makePackages } = await import('./lib/packages.mjs');
    for (const line of await makePackages(runtime)) say(line);
    return 0;
  },
  audit: async () => {
    await setUp({}, process.stdout);
    const { auditDependencies } = await import('./lib/audit.mjs');
    const { ok, lines } = await auditDependencies();
    for (const line of lines) say(line);
    return ok ? 0 : 1;
  },
  soak: async (rest) => {
    const runtime = await setUp({ window: true, addon: true, build: true }, process.stderr);
    if (runtime === undefined) throw new Error('no runtime');
    const { packageApp, packagedExecutable } = await import('./lib/package.mjs');
    process.stderr.write(`${await packageApp(runtime)}\n`);
    return await withDisplay({ always: false, say }, async (env) => {
      const entry = join(ROOT, 'bench', 'soak.mjs');
      return await runInForeground(process.execPath, [entry, '--executable', packagedExecutable(), ...rest], { env });
    });
  },
  bench: async (rest) => {
    const entry = join(ROOT, 'bench', 'run.mjs');
    if (!existsSync(entry)) throw new SetupError('there are no benches yet', 'they belong in bench/run.mjs');
    await setUp({ addon: true, build: true }, process.stderr);
    return await runInForeground(process.execPath, [entry, ...rest]);
  },
};

/** @param {readonly string[]} problems */
function report(problems) {
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  return problems.length === 0 ? 0 : 1;
}

try {
  const { command, rest } = parseArguments(process.argv.slice(2));
  process.exitCode = await commands[command](rest);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`poolwatch: ${error.message}\n`);
  if (error.hint) process.stderr.write(`  hint: ${error.hint}\n`);
  process.exitCode = 1;
}
