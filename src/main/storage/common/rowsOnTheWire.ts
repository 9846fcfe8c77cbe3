// How batches cross the port to the writer: their packed rows one after the other. Pure.
import { PackedReader, type PackedRows } from './packedRows';
import type { WireBatches, WriteEntry } from './protocol';

/** A batch whose rows are packed. */
export interface PackedEntry extends Omit<WriteEntry, 'parts'> {
  readonly packed: PackedRows;
}

const NUMBERS_PER_BATCH = 3;

export function toWire(entries: readonly PackedEntry[]): WireBatches {
  const heads = new Float64Array(entries.length * NUMBERS_PER_BATCH);
  let ids = '';
  for (const [index, { seq, id, enqueuedAtMs }] of entries.entries()) {
    ids += id;
    heads.set([seq, enqueuedAtMs, id.length], index * NUMBERS_PER_BATCH);
  }
  return { heads, ids, texts: entries.map(({ packed }) => packed.text), ...joined(entries) };
}

function joined(entries: readonly PackedEntry[]): Pick<WireBatches, 'kinds' | 'numbers' | 'odd'> {
  const [first] = entries;
  if (first && entries.length === 1) {
    const { kinds, numbers, odd } = first.packed;
    return { kinds, numbers, odd };
  }
  const kinds = new Uint8Array(entries.reduce((sum, { packed }) => sum + packed.kinds.length, 0));
  const numbers = new Float64Array(entries.reduce((sum, { packed }) => sum + packed.numbers.length, 0));
  let cells = 0;
  let count = 0;
  for (const { packed } of entries) {
    kinds.set(packed.kinds, cells);
    numbers.set(packed.numbers, count);
    cells += packed.kinds.length;
    count += packed.numbers.length;
  }
  return { kinds, numbers, odd: entries.flatMap(({ packed }) => packed.odd) };
}

/** The same batches again. A text shares its memory with all of its batch: what keeps one for long has to copy it. */
export function fromWire({ heads, ids, texts, ...packed }: WireBatches): readonly WriteEntry[] {
  const reader = new PackedReader(packed);
  let idAt = 0;
  return texts.map((text, index) => {
    const from = index * NUMBERS_PER_BATCH;
    const [seq = 0, enqueuedAtMs = 0, idLength = 0] = heads.subarray(from, from + NUMBERS_PER_BATCH);
    const id = copyOf(ids.slice(idAt, (idAt += idLength)));
    return { seq, id, enqueuedAtMs, parts: reader.parts(text) };
  });
}

/** Without the message that it came in, which would otherwise be kept with it. */
export function copyOf(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
