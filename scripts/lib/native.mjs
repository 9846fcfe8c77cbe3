// The better-sqlite3 addon. The shipped binary needs Node-API 10; below that it does not fail, it kills the process.
// So it is tried in a child of the runtime that will load it, and where it cannot work its unmodified sources are compiled
// once per user and kept in the cache. Must not load the addon in this process.
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashFiles, hashOf, stampMatches, writeStamp } from './hash.mjs';
import { NODE_MODULES, userCacheDir } from './paths.mjs';
import { SetupError } from './setupError.mjs';
import { capture, lastLines } from './spawn.mjs';

export const ADDON_PACKAGE = join(NODE_MODULES, 'better-sqlite3');
const INSTALLED_ADDON = join(ADDON_PACKAGE, 'build', 'Release', 'better_sqlite3.node');
/** Says how the installed addon was compiled, if it was compiled here. */
const RECIPE_STAMP = join(ADDON_PACKAGE, 'build', '.recipe');
/** The end of the name under which a shipped binary that cannot work here is put aside; packaging may want it back. */
export const SHIPPED_SUFFIX = '.shipped';

const NODE_API_OF_PREBUILD = 10;
// Electron behaves as Node with this set; Node itself ignores it.
const AS_NODE = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };

// Node 20 has all the functions that the addon calls, some of them filed under "experimental": they are declared, and the addon
// says all the same that it is one for Node-API 9. As an experimental one its finalisers would run inside the collector, and one
// that is run while an SQLite error is being thrown ends the whole process ("AllowJavascriptExecution::IsAllowed").
const NODE_API_OF_REBUILD = 9;
const REFERENCES_HEADER = fileURLToPath(new URL('addonReferences.h', import.meta.url));
const CPP_FLAGS = [
  '-std=c++20',
  '-fvisibility=hidden',
  '-fvisibility-inlines-hidden',
  '-UNAPI_VERSION',
  `-DNAPI_VERSION=${NODE_API_OF_REBUILD}`,
  '-DNAPI_EXPERIMENTAL',
  '-DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT',
  '-DNAPI_DISABLE_CPP_EXCEPTIONS',
  '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
  '-DBUILDING_NODE_EXTENSION',
];
// -O1 without LTO halves the wait; inserts run at the same speed within noise.
const COMMON_FLAGS = ['-O1', '-fPIC', '-pthread', '-w', '-DNDEBUG', '-D_FILE_OFFSET_BITS=64'];
const C_FLAGS = ['-std=c99'];
// Electron carries symbols of its own; -Bsymbolic binds the addon to the SQLite inside it.
const LINK_FLAGS = ['-shared', '-pthread', '-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL', '-ldl'];

/**
 * @typedef {object} Target a runtime that has to load the addon
 * @property {string} name for messages
 * @property {string} executable
 */

/** @returns {Target} the Node that runs this script: tests and the command line use it */
export function nodeTarget() {
  return { name: `Node ${process.versions.node}`, executable: process.execPath };
}

/** Whether this Node is new enough for the shipped binary; an older Electron may still not be. */
export function prebuildWorksHere() {
  return Number(process.versions.napi) >= NODE_API_OF_PREBUILD;
}

/**
 * Makes sure that every target can open a database.
 * @param {readonly Target[]} targets
 * @param {(line: string) => void} note says what takes long
 * @param {() => Promise<unknown>} ensureCompiler called only when something has to be compiled
 * @returns {Promise<string>} what was done, a few words
 */
export async function ensureAddon(targets, note, ensureCompiler) {
  // One stamp for each set of runtimes: the command line asks for Node alone, the app for Electron too.
  const key = hashOf(targets.map((target) => `${target.name} ${target.executable}`));
  const stamp = join(ADDON_PACKAGE, 'build', `.probed-${key.slice(0, 12)}`);
  if (stampMatches(stamp, addonIdentity())) return 'ready';

  const failing = await failingTargets(targets);
  let outcome = 'works';
  if (failing.length > 0) {
    if (process.platform !== 'linux') throw cannotBuildHere(failing);
    outcome = await installRebuilt(note, ensureCompiler);
    const still = await failingTargets(targets);
    if (still.length > 0) {
      throw new SetupError(
        `the database addon does not load in ${still.map((target) => target.name).join(' and ')}, even rebuilt`,
        `delete ${cacheRoot()} and try again, or use Node 22.14 or newer`,
      );
    }
  }
  writeStamp(stamp, addonIdentity());
  return outcome;
}

/** Which binary is in place now; changes when somebody reinstalls the package. */
function addonIdentity() {
  const file = existsSync(INSTALLED_ADDON) ? INSTALLED_ADDON : hostPrebuild();
  if (!existsSync(file)) return 'none';
  const { size, mtimeMs } = statSync(file);
  return `${size}-${Math.round(mtimeMs)}-${recipe()}`;
}

/** @param {readonly Target[]} targets */
async function failingTargets(targets) {
  const results = await Promise.all(targets.map(async (target) => ((await probe(target)) ? [] : [target])));
  return results.flat();
}

/** @param {Target} target */
async function probe(target) {
  // One that was compiled in an earlier way may load and still not be sound.
  const isOfToday = existsSync(INSTALLED_ADDON) && stampMatches(RECIPE_STAMP, recipe());
  if (!isOfToday && (await nodeApiOf(target.executable)) < NODE_API_OF_PREBUILD) return false;
  return await opensDatabase(target, ADDON_PACKAGE);
}

/**
 * Opens a database in a child, because a wrong binary crashes instead of throwing.
 * @param {Target} target
 * @param {string} addonPackage the directory of better-sqlite3
 */
export async function opensDatabase(target, addonPackage) {
  const program = `
    const db = new (require(${JSON.stringify(addonPackage)}))(':memory:');
    if (db.prepare('select 1 + 1 as two').get().two !== 2) process.exit(1);
    db.close();
  `;
  const finished = await capture(target.executable, ['-e', program], { env: AS_NODE });
  return finished.code === 0;
}

/** @param {string} executable Node or Electron */
async function nodeApiOf(executable) {
  const finished = await capture(executable, ['-p', 'process.versions.napi'], { env: AS_NODE });
  return Number(finished.stdout) || 0;
}

/**
 * The one binary that a packaged app with this runtime has to carry: the shipped one wherever it works.
 * @param {string} executable
 */
export async function addonFor(executable) {
  const shipped = hostPrebuild() + SHIPPED_SUFFIX;
  if ((await nodeApiOf(executable)) < NODE_API_OF_PREBUILD) return INSTALLED_ADDON;
  return existsSync(shipped) ? shipped : hostPrebuild();
}

/** @param {(line: string) => void} note @param {() => Promise<unknown>} ensureCompiler */
async function installRebuilt(note, ensureCompiler) {
  const built = join(cacheRoot(), `better-sqlite3-${rebuildKey()}.node`);
  const cached = existsSync(built);
  if (!cached) {
    await ensureCompiler();
    note('compiling the database addon, about 20 s, once per user');
    await compile(built);
  }
  installFile(built, INSTALLED_ADDON);
  writeStamp(RECIPE_STAMP, recipe());
  // The package's static entry points name the prebuild directly and would still crash: they get the working binary too.
  const prebuild = hostPrebuild();
  if (existsSync(prebuild)) {
    if (!existsSync(prebuild + SHIPPED_SUFFIX)) renameSync(prebuild, prebuild + SHIPPED_SUFFIX);
    installFile(built, prebuild);
  }
  return cached ? 'rebuilt earlier, from the cache' : 'compiled';
}

/** @param {string} from @param {string} to */
function installFile(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  const partial = `${to}.${process.pid}`;
  copyFileSync(from, partial);
  // A rename leaves processes that have the old file mapped alone; overwriting it in place would crash them.
  renameSync(partial, to);
}

/** @param {string} output */
async function compile(output) {
  const headers = nodeHeaders();
  const work = `${output}.${process.pid}.build`;
  mkdirSync(work, { recursive: true });
  try {
    const includes = [headers, join(NODE_MODULES, 'node-addon-api'), join(ADDON_PACKAGE, 'deps', 'sqlite3')];
    const includeFlags = includes.map((directory) => `-I${directory}`);
    const sqlite = join(work, 'sqlite3.o');
    const addon = join(work, 'addon.o');
    const library = join(work, 'better_sqlite3.node');
    const cSource = join(ADDON_PACKAGE, 'deps', 'sqlite3', 'sqlite3.c');
    const cppSource = join(ADDON_PACKAGE, 'src', 'better_sqlite3.cpp');
    await Promise.all([
      compiler('gcc', [...COMMON_FLAGS, ...C_FLAGS, ...sqliteDefines(), '-c', cSource, '-o', sqlite]),
      compiler('g++', [
        ...COMMON_FLAGS,
        ...CPP_FLAGS,
        ...includeFlags,
        '-include',
        REFERENCES_HEADER,
        '-c',
        cppSource,
        '-o',
        addon,
      ]),
    ]);
    await compiler('g++', [addon, sqlite, ...LINK_FLAGS, '-o', library]);
    renameSync(library, output);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @param {string} program @param {readonly string[]} args */
async function compiler(program, args) {
  const finished = await capture(program, args);
  if (finished.code === 0) return;
  throw new SetupError(
    `${program} could not compile the database addon:\n${lastLines(finished)}`,
    'install g++ (Debian and Ubuntu: apt-get install g++), or use Node 22.14 or newer, which needs no compiling',
  );
}

/** SQLite's compile-time options exactly as the package's own build sets them. */
function sqliteDefines() {
  const text = readFileSync(join(ADDON_PACKAGE, 'deps', 'defines.gypi'), 'utf8');
  return [...text.matchAll(/^\s+'([A-Z][^']*)',$/gm)].map((match) => `-D${match[1]}`);
}

/** Compiled against the headers of the Node that runs this; the npm package of headers lacks what Electron 33 needs. */
function nodeHeaders() {
  const places = [
    join(dirname(dirname(process.execPath)), 'include', 'node'),
    join(process.env['npm_config_nodedir'] ?? '/usr', 'include', 'node'),
    join(homedir(), '.cache', 'node-gyp', process.versions.node, 'include', 'node'),
  ];
  const found = places.find((place) => existsSync(join(place, 'node_api.h')));
  if (found) return found;
  throw new SetupError(
    `the header files of Node ${process.versions.node} are missing (looked in ${places.join(', ')})`,
    'install Node from its official archive, or Debian’s libnode-dev, or use Node 22.14 or newer',
  );
}

/** Changes with whatever we add to the sources. */
function recipe() {
  const flags = [...COMMON_FLAGS, ...CPP_FLAGS, ...C_FLAGS, ...LINK_FLAGS];
  return hashOf([...flags, readFileSync(REFERENCES_HEADER, 'utf8')]);
}

function rebuildKey() {
  const version = JSON.parse(readFileSync(join(ADDON_PACKAGE, 'package.json'), 'utf8')).version;
  const hash = hashFiles(ADDON_PACKAGE, ['src', 'deps'], [recipe(), process.arch, process.platform]);
  return `${version}-${process.platform}-${process.arch}-${hash.slice(0, 16)}`;
}

/** The shipped binary for this machine. Musl systems have a name of their own; they are not among the tested ones. */
function hostPrebuild() {
  return join(ADDON_PACKAGE, 'prebuilds', `${process.platform}-${process.arch}.node`);
}

function cacheRoot() {
  return join(userCacheDir(), 'addon');
}

/** @param {readonly Target[]} failing */
function cannotBuildHere(failing) {
  const names = failing.map((target) => target.name).join(' and ');
  return new SetupError(
    `the database addon does not load in ${names}`,
    'use Node 22.14 or newer; compiling the addon is prepared for Linux only',
  );
}
