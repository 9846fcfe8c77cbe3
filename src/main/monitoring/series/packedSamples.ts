// The samples of one series over an hour as text: steps of time and differences of values, of which most are the same as before.
import { ByteReader, ByteWriter } from './varint';
import { placesOf, scaled, UNSCALED, unscaled } from './scale';

export interface Sample {
  /** Whole seconds since the epoch. */
  readonly atS: number;
  readonly value: number;
}

/** @param samples in order of time, no two at the same second */
export function packSamples(samples: readonly Sample[]): string {
  const writer = new ByteWriter();
  writer.unsigned(samples.length);
  const first = samples[0];
  if (!first) return writer.text();
  const places = placesOf(samples.map(({ value }) => value));
  writer.unsigned(places);
  writer.signed(first.atS);
  const steps = samples.slice(1).map(({ atS }, index) => atS - (samples[index]?.atS ?? 0));
  writeRuns(writer, differences(steps));
  if (places === UNSCALED) for (const { value } of samples) writer.double(value);
  else writeRuns(writer, differences(samples.map(({ value }) => scaled(value, places))));
  return writer.text();
}

/** Throws an Error for what is no packed text. */
export function unpackSamples(text: string): readonly Sample[] {
  const reader = new ByteReader(text);
  const count = reader.unsigned();
  if (count === 0) return [];
  const places = reader.unsigned();
  let atS = reader.signed();
  const steps = sums(readRuns(reader, count - 1));
  const values =
    places === UNSCALED
      ? Array.from({ length: count }, () => reader.double())
      : sums(readRuns(reader, count)).map((value) => unscaled(value, places));
  return values.map((value, index) => {
    if (index > 0) atS += steps[index - 1] ?? 0;
    return { atS, value };
  });
}

function differences(values: readonly number[]): readonly number[] {
  return values.map((value, index) => value - (values[index - 1] ?? 0));
}

function sums(steps: readonly number[]): readonly number[] {
  let sum = 0;
  return steps.map((step) => (sum += step));
}

/** A zero stands before the number of further zeros: a steady series takes a few bytes however long it is. */
function writeRuns(writer: ByteWriter, values: readonly number[]): void {
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? 0;
    writer.signed(value);
    if (value !== 0) continue;
    const from = index;
    while (values[index + 1] === 0) index += 1;
    writer.unsigned(index - from);
  }
}

function readRuns(reader: ByteReader, count: number): readonly number[] {
  const values: number[] = [];
  while (values.length < count) {
    const value = reader.signed();
    values.push(value);
    if (value !== 0) continue;
    for (let more = reader.unsigned(); more > 0 && values.length < count; more -= 1) values.push(0);
  }
  return values;
}
