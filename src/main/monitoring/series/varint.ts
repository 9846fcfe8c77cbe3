// Whole numbers in as few bytes as they need, seven bits to a byte, and such bytes as text. Numbers up to 2^53, so arithmetic
// instead of bit operators.

/** Small numbers of either sign become small positive ones. */
function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function unzigzag(value: number): number {
  return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
}

export class ByteWriter {
  readonly #bytes: number[] = [];

  /** @param value whole, from 0 */
  unsigned(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.#bytes.push((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    this.#bytes.push(rest);
  }

  /** @param value whole, below 2^52 in size */
  signed(value: number): void {
    this.unsigned(zigzag(value));
  }

  double(value: number): void {
    const eight = new DataView(new ArrayBuffer(8));
    eight.setFloat64(0, value);
    for (let index = 0; index < 8; index += 1) this.#bytes.push(eight.getUint8(index));
  }

  text(): string {
    return Buffer.from(this.#bytes).toString('base64');
  }
}

export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(text: string) {
    this.#bytes = Buffer.from(text, 'base64');
  }

  unsigned(): number {
    // Most numbers are small, and charts read hundreds of thousands.
    const first = this.#next();
    if (first < 128) return first;
    let value = first - 128;
    let weight = 128;
    for (;;) {
      const byte = this.#next();
      if (byte < 128) return value + byte * weight;
      value += (byte - 128) * weight;
      weight *= 128;
    }
  }

  signed(): number {
    return unzigzag(this.unsigned());
  }

  double(): number {
    if (this.#at + 8 > this.#bytes.length) throw new Error('packed data ends too early');
    const value = this.#bytes.readDoubleBE(this.#at);
    this.#at += 8;
    return value;
  }

  #next(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new Error('packed data ends too early');
    this.#at += 1;
    return byte;
  }
}
