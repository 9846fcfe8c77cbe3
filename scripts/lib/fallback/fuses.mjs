// Electron's fuses: one byte each, in a row behind a marker inside the executable.

const SENTINEL = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
const WIRE_VERSION = 1;
const ON = '1'.charCodeAt(0);
const OFF = '0'.charCodeAt(0);
const REMOVED = 'r'.charCodeAt(0);

/** Position of each fuse on the wire, version 1. */
export const FUSE = Object.freeze({
  nodeCliInspect: 3,
  browserProcessSnapshot: 6,
});

/**
 * Sets fuses in place.
 * @param {Buffer} executable
 * @param {ReadonlyArray<readonly [number, boolean]>} settings
 */
export function setFuses(executable, settings) {
  const at = executable.indexOf(SENTINEL);
  if (at < 0) throw new Error('no fuse wire in this executable');
  const wire = at + SENTINEL.length;
  if (executable[wire] !== WIRE_VERSION) throw new Error(`unknown fuse wire version ${executable[wire]}`);
  const length = executable[wire + 1] ?? 0;
  for (const [fuse, on] of settings) {
    const position = wire + 2 + fuse;
    if (fuse >= length || executable[position] === REMOVED) throw new Error(`fuse ${fuse} is not on the wire`);
    executable[position] = on ? ON : OFF;
  }
}
