// Puts PNG pictures into the containers that Windows and macOS take. Both hold PNG as it is, so nothing is drawn or converted here.

const ICO_HEADER_BYTES = 6;
const ICO_ENTRY_BYTES = 16;
const ICO_TYPE_ICON = 1;
const ICO_BITS_PER_PIXEL = 32;
/** How 256 is written into the one byte that a side has. */
const ICO_SIDE_256 = 0;

/** Which name stands for a side in pixels in an icns file. */
export const ICNS_TYPES = Object.freeze({ 16: 'icp4', 32: 'icp5', 64: 'icp6', 128: 'ic07', 256: 'ic08', 512: 'ic09' });

/** @typedef {{ readonly sizePx: number, readonly png: Buffer }} IconPicture */

/** @param {readonly IconPicture[]} pictures at most 256 pixels wide */
export function encodeIco(pictures) {
  const header = Buffer.alloc(ICO_HEADER_BYTES + ICO_ENTRY_BYTES * pictures.length);
  header.writeUInt16LE(ICO_TYPE_ICON, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = header.length;
  for (const [index, { sizePx, png }] of pictures.entries()) {
    const at = ICO_HEADER_BYTES + ICO_ENTRY_BYTES * index;
    const side = sizePx === 256 ? ICO_SIDE_256 : sizePx;
    header.writeUInt8(side, at);
    header.writeUInt8(side, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(ICO_BITS_PER_PIXEL, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...pictures.map(({ png }) => png)]);
}

/** @param {readonly IconPicture[]} pictures in the sizes of ICNS_TYPES */
export function encodeIcns(pictures) {
  const entries = pictures.map(({ sizePx, png }) => {
    const type = ICNS_TYPES[/** @type {keyof typeof ICNS_TYPES} */ (sizePx)];
    if (type === undefined) throw new Error(`icns has no place for ${sizePx} pixels`);
    return block(type, png);
  });
  return block('icns', Buffer.concat(entries));
}

/** @param {string} type @param {Buffer} content */
function block(type, content) {
  const head = Buffer.alloc(8);
  head.write(type, 0, 'latin1');
  head.writeUInt32BE(head.length + content.length, 4);
  return Buffer.concat([head, content]);
}
