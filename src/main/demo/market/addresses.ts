// Addresses that look like the real ones and can be read back: 4 of their bytes hide a number, so a pool that was born a month
// ago is found from its address alone, without a table that grows for ever.
import { Random, hash } from './random';

export type AddressFamily = 'base58' | 'hex';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const HEX_ADDRESS = /^0x(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
/** 32 bytes whose first is at least this are always 44 characters of base58. */
const FIRST_BYTE_MIN = 16;
const SCRAMBLE = 0x2c1b3c6d;
const UNSCRAMBLE = inverseOf(SCRAMBLE);

export function encodeBase58(bytes: Uint8Array): string {
  const digits: number[] = [];
  for (const byte of bytes) {
    let carry = byte;
    for (let i = 0; i < digits.length; i += 1) {
      carry += (digits[i] ?? 0) << 8;
      digits[i] = carry % 58;
      carry = Math.floor(carry / 58);
    }
    for (; carry > 0; carry = Math.floor(carry / 58)) digits.push(carry % 58);
  }
  let text = '';
  for (let i = digits.length - 1; i >= 0; i -= 1) text += ALPHABET.charAt(digits[i] ?? 0);
  return text;
}

/** The bytes of a base58 text without leading zero bytes, or null when a character is foreign. */
function decodeBase58(text: string): Uint8Array | null {
  const bytes: number[] = [];
  for (const character of text) {
    let carry = ALPHABET.indexOf(character);
    if (carry < 0) return null;
    for (let i = 0; i < bytes.length; i += 1) {
      carry += (bytes[i] ?? 0) * 58;
      bytes[i] = carry & 0xff;
      carry >>= 8;
    }
    for (; carry > 0; carry >>= 8) bytes.push(carry & 0xff);
  }
  return Uint8Array.from(bytes.reverse());
}

export function encodeHex(bytes: Uint8Array): string {
  return `0x${Buffer.from(bytes).toString('hex')}`;
}

export function randomBytes(seed: number, length: number): Uint8Array {
  const random = new Random(seed);
  return Uint8Array.from({ length }, () => random.u32() & 0xff);
}

/** Makes and reads the addresses of one network. */
export class AddressSpace {
  readonly #key: number;
  readonly #family: AddressFamily;

  constructor(key: number, family: AddressFamily) {
    this.#key = key;
    this.#family = family;
  }

  /** `code` is any 32-bit number. `long` gives a 32-byte pool id where addresses are usually 20 bytes. */
  make(code: number, long = false): string {
    const length = this.#family === 'base58' || long ? 32 : 20;
    const bytes = randomBytes(hash(this.#key, code, length), length);
    if (this.#family === 'base58') bytes[0] = FIRST_BYTE_MIN + ((bytes[0] ?? 0) % (256 - FIRST_BYTE_MIN));
    new DataView(bytes.buffer).setUint32(4, this.#scramble(code));
    return this.#family === 'base58' ? encodeBase58(bytes) : encodeHex(bytes);
  }

  /** The code of an address made here; null for every other text. Hex is taken in lower case only. */
  read(address: string): number | null {
    const bytes = this.#bytesOf(address);
    if (bytes === null) return null;
    const code = this.#unscramble(new DataView(bytes.buffer).getUint32(4));
    return this.make(code, bytes.length === 32) === address ? code : null;
  }

  #bytesOf(address: string): Uint8Array | null {
    if (this.#family === 'hex') {
      return HEX_ADDRESS.test(address) ? Uint8Array.from(Buffer.from(address.slice(2), 'hex')) : null;
    }
    const bytes = address.length === 44 ? decodeBase58(address) : null;
    return bytes?.length === 32 ? bytes : null;
  }

  #scramble(code: number): number {
    const h = Math.imul(code ^ this.#key, SCRAMBLE);
    return (h ^ (h >>> 16)) >>> 0;
  }

  #unscramble(value: number): number {
    return (Math.imul(value ^ (value >>> 16), UNSCRAMBLE) ^ this.#key) >>> 0;
  }
}

/** Hex addresses compare in either case, base58 ones only as they are. */
export function sameAddress(family: AddressFamily, a: string, b: string): boolean {
  return family === 'hex' ? a.toLowerCase() === b.toLowerCase() : a === b;
}

/** Inverse of an odd number modulo 2^32 (each round of Newton's iteration doubles the correct bits). */
function inverseOf(odd: number): number {
  let inverse = odd;
  for (let round = 0; round < 5; round += 1) inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  return inverse;
}
