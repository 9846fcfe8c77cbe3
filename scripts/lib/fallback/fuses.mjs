// Electron's fuses: one byte each, in a row behind a marker inside the executable.

const SENTINEL = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
const WIRE_VERSION = 1;
const ON = '1'.charCodeAt(0);
const OFF = '0'.charCodeAt(0);
const REMOVED = 'r'.charCodeAt(0);

/** Position of each fuse on the wire, version 1. */
export const FUSE = Object.freeze({
  runAsNode: 0,
  cookieEncryption: 1,
  nodeOptions: 2,
  nodeCliInspect: 3,
  asarIntegrity: 4,
  onlyLoadAppFromAsar: 5,
  browserProcessSnapshot: 6,
  fileProtocolPrivileges: 7,
});

/**
 * Sets fuses in place.
 * @param {Buffer} executable
 * @param {ReadonlyArray<readonly [number, boolean]>} settings
 */
export function setFuses(executable, settings) {
  const wire = findWire(executable);
  for (const [fuse, on] of settings) executable[positionOf(executable, wire, fuse)] = on ? ON : OFF;
}

/**
 * @param {Buffer} executable
 * @returns {Readonly<Record<keyof typeof FUSE, boolean>>} which are on
 */
export function readFuses(executable) {
  const wire = findWire(executable);
  const isOn = (/** @type {number} */ fuse) => executable[positionOf(executable, wire, fuse)] === ON;
  const states = Object.entries(FUSE).map(([name, fuse]) => [name, isOn(fuse)]);
  return Object.fromEntries(states);
}

/** @param {Buffer} executable @returns {number} where the wire begins */
function findWire(executable) {
  const at = executable.indexOf(SENTINEL);
  if (at < 0) throw new Error('no fuse wire in this executable');
  const wire = at + SENTINEL.length;
  if (executable[wire] !== WIRE_VERSION) throw new Error(`unknown fuse wire version ${executable[wire]}`);
  return wire;
}

/** @param {Buffer} executable @param {number} wire @param {number} fuse */
function positionOf(executable, wire, fuse) {
  const length = executable[wire + 1] ?? 0;
  const position = wire + 2 + fuse;
  if (fuse >= length || executable[position] === REMOVED) throw new Error(`fuse ${fuse} is not on the wire`);
  return position;
}
