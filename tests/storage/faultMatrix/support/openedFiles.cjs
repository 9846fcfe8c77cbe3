// Loaded before everything else, also in threads: writes down every file that Node itself opens, to the file named by
// OPENED_FILES. What SQLite opens does not come this way.
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');

const log = fs.openSync(process.env.OPENED_FILES, 'a');
const note = (path) => fs.writeSync(log, `${String(path)}\n`);
const watch = (owner, names) => {
  for (const name of names) {
    const original = owner[name];
    owner[name] = function (path, ...rest) {
      // Calls on an open descriptor open nothing.
      if (typeof path === 'string') note(path);
      return original.call(this, path, ...rest);
    };
  }
};
const OPENERS = ['open', 'readFile', 'writeFile', 'appendFile', 'copyFile', 'truncate'];
watch(fs, [...OPENERS, ...OPENERS.map((name) => `${name}Sync`), 'createReadStream', 'createWriteStream']);
watch(fs.promises, OPENERS);
syncBuiltinESMExports();
