// Who may import whom, as data. docs/architecture.md tells the reasons; checkLayering.mjs applies it.

/** @typedef {{ readonly may: readonly string[], readonly node: boolean, readonly packages: 'all' | readonly string[] }} RoomRule */

// What every service of the main process may lean on.
const SERVICE = Object.freeze(['shared', 'logging', 'settings', 'snapshot', 'storage']);

/**
 * A room is named by its folder; the longest matching name wins.
 * may: the other rooms it imports. node: whether built-in modules are open to it. packages: npm packages.
 * @type {Readonly<Record<string, RoomRule>>}
 */
export const ROOMS = Object.freeze({
  'src/shared': { may: [], node: false, packages: [] },
  'src/preload': { may: ['shared'], node: false, packages: ['electron'] },
  'src/renderer': { may: ['shared'], node: false, packages: 'all' },
  'src/main': {
    may: ['shared', 'desktop', 'cli', 'engine', 'logging', 'settings'],
    node: true,
    packages: ['electron'],
  },
  'src/main/desktop': { may: ['shared', 'engine', 'logging', 'settings'], node: true, packages: 'all' },
  'src/main/cli': { may: ['shared', 'engine', 'logging', 'settings'], node: true, packages: 'all' },
  'src/main/engine': {
    may: [
      ...SERVICE,
      'export',
      'import',
      'diagnostics',
      'alerts',
      'delivery',
      'doors',
      'monitoring',
      'monitoring/series',
      'scheduling',
      'collectors',
      'watchlist',
      'sources',
      'demo',
    ],
    node: true,
    packages: 'all',
  },
  'src/main/scheduling': { may: [...SERVICE, 'collectors'], node: true, packages: 'all' },
  // Arithmetic of series: pure, so that the reader thread can roll up where the rows are.
  'src/main/monitoring/series': { may: ['shared'], node: true, packages: [] },
  'src/main/monitoring': { may: [...SERVICE, 'monitoring/series'], node: true, packages: 'all' },
  'src/main/alerts': { may: [...SERVICE, 'monitoring'], node: true, packages: 'all' },
  // Calls receivers elsewhere, and words the faults of a network as the sources do.
  'src/main/delivery': { may: [...SERVICE, 'sources'], node: true, packages: 'all' },
  // Lets other programs look on; words the faults of a network as the sources do. Never a database, never a command.
  'src/main/doors': { may: ['shared', 'logging', 'sources'], node: true, packages: 'all' },
  'src/main/diagnostics': { may: [...SERVICE, 'alerts', 'monitoring'], node: true, packages: 'all' },
  // Both read and write files for a long time in a thread of their own; only that thread reads a database, through the functions
  // of storage/worker, so that SQLite stays where it is and no row crosses a port on its way into a file.
  'src/main/export': { may: ['shared', 'storage'], node: true, packages: 'all' },
  'src/main/import': { may: ['shared', 'sources', 'storage'], node: true, packages: 'all' },
  'src/main/import/thread': { may: ['shared', 'import', 'storage/worker'], node: true, packages: [] },
  'src/main/export/thread': { may: ['shared', 'export', 'storage/worker'], node: true, packages: [] },
  'src/main/snapshot': { may: ['shared', 'logging', 'settings'], node: true, packages: 'all' },
  'src/main/settings': { may: ['shared', 'logging'], node: true, packages: 'all' },
  'src/main/logging': { may: ['shared'], node: true, packages: 'all' },
  'src/main/collectors': { may: ['shared', 'sources'], node: true, packages: 'all' },
  // Knows addresses as the source spells them; asks nobody.
  'src/main/watchlist': { may: ['shared', 'sources'], node: true, packages: 'all' },
  'src/main/sources': { may: ['shared'], node: true, packages: 'all' },
  'src/main/storage': { may: ['shared', 'logging', 'storage/common'], node: true, packages: 'all' },
  // What crosses the ports between the two sides of storage; neither side imports the other.
  'src/main/storage/common': { may: ['shared'], node: true, packages: [] },
  'src/main/storage/worker': { may: ['shared', 'storage/common', 'monitoring/series'], node: true, packages: [] },
  // A program of its own that takes a real lock, through the one file that opens databases.
  'src/main/demo/outage': { may: ['shared', 'storage/worker'], node: true, packages: [] },
  'src/main/demo': { may: ['shared'], node: true, packages: [] },
});

/**
 * Packages that belong to few: everybody else may not import them, whatever the room says.
 * @type {Readonly<Record<string, RegExp>>}
 */
export const OWNED_PACKAGES = Object.freeze({
  electron: /^src\/(main\/desktop\/|main\/index\.ts$|preload\/)/,
  'better-sqlite3': /^src\/main\/storage\/worker\/driver\.ts$/,
});

/**
 * The room of a file, or undefined for a file outside every room.
 * @param {string} file path below the root, with forward slashes
 */
export function roomOf(file) {
  return Object.keys(ROOMS)
    .filter((room) => file.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0];
}

/** @param {string} room its path @returns {string} the name that rules use */
export function roomName(room) {
  return room.replace(/^src\/(main\/)?/, '');
}
