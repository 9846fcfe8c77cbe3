// The command line of go.mjs: one command, then what belongs to the thing it starts. Pure.
import { SetupError } from './setupError.mjs';

/** One line per command, shown as help. */
export const COMMANDS = Object.freeze({
  start: 'set up, build and open the app; --demo and --live are passed on to it',
  test: 'everything, or one stage: test unit|dom|contract|storage|integration|e2e|packaged|packages [filter …]',
  check: 'types, lint, layering, format and dead code',
  dev: 'the app with hot reload',
  build: 'set up and build into out/',
  cli: 'the command line of Poolwatch; its output alone goes to stdout',
  package: 'an unpacked app in dist/, with the runtime at hand',
  packages: 'deb, rpm and tar.gz of it in dist/packages/, with licences, bill of materials and checksums',
  audit: 'known weaknesses of the packages in the lock file, where the registry tells them',
  bench: 'what the program promises, measured',
  soak: 'the packaged app for hours with faults, and a verdict: soak --hours N [--seed S]',
  setup: 'everything but starting',
});

/**
 * @param {readonly string[]} argv without node and the script
 * @returns {{ command: keyof typeof COMMANDS, rest: string[] } | { command: 'help', rest: string[] }}
 */
export function parseArguments(argv) {
  const [first, ...others] = argv;
  if (first === undefined || first === 'help' || first === '--help' || first === '-h')
    return { command: 'help', rest: [] };
  if (!Object.hasOwn(COMMANDS, first)) {
    throw new SetupError(`there is no command "${first}"`, `use one of: ${Object.keys(COMMANDS).join(', ')}`);
  }
  // npm passes a "--" on when it is given twice; it means nothing here.
  const rest = others[0] === '--' ? others.slice(1) : others;
  return { command: /** @type {keyof typeof COMMANDS} */ (first), rest };
}

export function helpText() {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const lines = Object.entries(COMMANDS).map(([name, meaning]) => `  ${name.padEnd(width)}  ${meaning}`);
  return ['usage: node scripts/go.mjs <command> [arguments]', '', ...lines, ''].join('\n');
}

/**
 * Compares dotted versions by number.
 * @param {string} version such as 20.20.2
 * @param {string} minimum such as 20.19
 */
export function atLeast(version, minimum) {
  const have = version.split('.').map(Number);
  for (const [index, want] of minimum.split('.').map(Number).entries()) {
    const part = have[index] ?? 0;
    if (part !== want) return part > want;
  }
  return true;
}
