// The static checks: types, lint, layering, format, dead code. Side by side, each reported by name and time.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { fileInTar } from './fallback/archives.mjs';
import { FALLBACK_VERSION } from './fallback/install.mjs';
import { npmCommand } from './npm.mjs';
import { NODE_MODULES, ROOT, userCacheDir } from './paths.mjs';
import { seconds } from './progress.mjs';
import { capture, lastLines } from './spawn.mjs';

const OUTPUT_LINES = 60;
// Not projects of their own: what the others extend, and the list of them for editors.
const NOT_PROJECTS = new Set(['tsconfig.base.json', 'tsconfig.json']);

/**
 * @typedef {object} CheckResult
 * @property {string} name
 * @property {string} [problem] what is wrong, as the tool says it
 * @property {string} [skipped] why it could not run
 */

/** @typedef {{ name: string, run: () => Promise<{ problem?: string, skipped?: string }> }} Check */

/**
 * @param {(line: string) => void} say
 * @returns {Promise<CheckResult[]>}
 */
export async function runChecks(say) {
  const checks = [...typeChecks(), floorCheck(), lint(), layering(), format(), deadCode()];
  return await Promise.all(
    checks.map(async ({ name, run }) => {
      const startedAt = performance.now();
      const result = await run();
      const verdict = result.problem !== undefined ? 'FAIL' : result.skipped !== undefined ? 'skip' : 'ok';
      say(`  ${verdict.padEnd(4)} ${name} (${seconds(startedAt)})${result.skipped ? `: ${result.skipped}` : ''}`);
      if (result.problem !== undefined) say(indent(result.problem));
      return { name, ...result };
    }),
  );
}

/** @returns {Check[]} one for every environment */
function typeChecks() {
  const projects = readdirSync(ROOT).filter((file) => /^tsconfig.*\.json$/.test(file) && !NOT_PROJECTS.has(file));
  return [...projects, 'scripts/tsconfig.json'].map((project) => ({
    name: `types ${/tsconfig\.(.+)\.json/.exec(project)?.[1] ?? 'scripts'}`,
    run: async () => await tool('typescript/bin/tsc', ['--project', project, '--pretty', 'false']),
  }));
}

/** Types of the oldest Electron that we run on: keeps newer API out of code that must work there. @returns {Check} */
function floorCheck() {
  return {
    name: `types against Electron ${FALLBACK_VERSION}`,
    run: async () => {
      const types = await floorTypes();
      if (types === undefined) return { skipped: 'its type declarations could not be fetched' };
      const directory = join(ROOT, '.cache', 'electron-floor');
      mkdirSync(directory, { recursive: true });
      // Inside the checkout, so that the declarations find the same @types/node as everybody else.
      writeFileSync(join(directory, 'electron.d.ts'), types);
      const project = {
        extends: '../../tsconfig.main.json',
        compilerOptions: { paths: { electron: ['./electron.d.ts'] } },
      };
      writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify(project));
      return await tool('typescript/bin/tsc', ['--project', join(directory, 'tsconfig.json'), '--pretty', 'false']);
    },
  };
}

/** @returns {Promise<Buffer | undefined>} */
async function floorTypes() {
  const cached = join(userCacheDir(), `electron-${FALLBACK_VERSION}.d.ts`);
  if (existsSync(cached)) return readFileSync(cached);
  const work = join(userCacheDir(), `types-${process.pid}`);
  mkdirSync(work, { recursive: true });
  try {
    const npm = npmCommand();
    const pack = ['pack', `electron@${FALLBACK_VERSION}`, '--silent', '--pack-destination', work];
    await capture(npm.program, [...npm.args, ...pack], { cwd: work });
    const archive = readdirSync(work).find((file) => file.endsWith('.tgz'));
    if (archive === undefined) return undefined;
    const types = fileInTar(gunzipSync(readFileSync(join(work, archive))), 'electron.d.ts');
    writeFileSync(cached, types);
    return types;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @returns {Check} */
function lint() {
  return {
    name: 'lint',
    run: async () => await tool('oxlint/bin/oxlint', ['--type-aware', '--deny-warnings', '--format', 'unix']),
  };
}

/** @returns {Check} */
function layering() {
  return {
    name: 'layering',
    run: async () => {
      const { checkLayering } = await import('./checkLayering.mjs');
      const problems = checkLayering(ROOT);
      return problems.length > 0 ? { problem: problems.join('\n') } : {};
    },
  };
}

/** @returns {Check} */
function format() {
  const cache = ['--cache', '--cache-location', join('.cache', 'prettier')];
  return {
    name: 'format',
    run: async () => {
      const result = await tool('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', ...cache, '.']);
      return result.problem === undefined ? {} : { problem: `${result.problem}\n"npm run format" mends it` };
    },
  };
}

/** @returns {Check} */
function deadCode() {
  return {
    name: 'dead code',
    run: async () => await tool('knip/bin/knip.js', ['--no-progress', '--no-config-hints']),
  };
}

/** @param {string} script below node_modules @param {readonly string[]} args */
async function tool(script, args) {
  const env = { ...process.env, NO_COLOR: '1' };
  const finished = await capture(process.execPath, [join(NODE_MODULES, script), ...args], { cwd: ROOT, env });
  return finished.code === 0 ? {} : { problem: lastLines(finished, OUTPUT_LINES) };
}

/** @param {string} text */
function indent(text) {
  return text.replace(/^/gm, '       ');
}
