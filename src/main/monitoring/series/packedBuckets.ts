// A row of buckets of one series as text. What follows from something else is left out: the sketch of equal values, most of all.
import { type Bucket, emptyBucket } from './bucket';
import { placesOf, scaled, UNSCALED, unscaled } from './scale';
import { ByteReader, ByteWriter } from './varint';

/** @param buckets in order of time */
export function packBuckets(buckets: readonly Bucket[]): string {
  const writer = new ByteWriter();
  const places = placesOf(buckets.flatMap(({ min, max }) => [min, max]));
  writer.unsigned(buckets.length);
  writer.unsigned(places);
  let lastFromS = 0;
  let lastMin = 0;
  for (const bucket of buckets) {
    writer.signed(bucket.fromS - lastFromS);
    lastFromS = bucket.fromS;
    writer.unsigned(bucket.n);
    writer.unsigned(bucket.slots);
    if (places === UNSCALED) {
      writer.double(bucket.min);
      writer.double(bucket.max);
      writer.double(bucket.sum);
    } else {
      const min = scaled(bucket.min, places);
      const spread = scaled(bucket.max, places) - min;
      writer.signed(min - lastMin);
      writer.unsigned(spread);
      // Of equal values the sum is told by their number.
      if (spread > 0) writer.signed(scaled(bucket.sum, places) - bucket.n * min);
      lastMin = min;
    }
    if (bucket.min !== bucket.max) writeSketch(writer, bucket);
  }
  return writer.text();
}

/** Throws an Error for what is no packed text. */
export function unpackBuckets(text: string): readonly Bucket[] {
  const buckets: Bucket[] = [];
  addPacked(text, (fromS) => {
    const bucket = emptyBucket(fromS);
    buckets.push(bucket);
    return bucket;
  });
  return buckets;
}

/**
 * Adds packed buckets to those that are wanted, without making the ones between: a chart of a month is thousands.
 * @param into the bucket that one which begins at `fromS` is added to, or null
 */
export function addPacked(text: string, into: (fromS: number) => Bucket | null): void {
  const reader = new ByteReader(text);
  const count = reader.unsigned();
  const places = reader.unsigned();
  const unwanted = emptyBucket(0);
  let fromS = 0;
  let least = 0;
  for (let index = 0; index < count; index += 1) {
    fromS += reader.signed();
    const bucket = into(fromS) ?? unwanted;
    const n = reader.unsigned();
    bucket.n += n;
    bucket.slots += reader.unsigned();
    let min: number;
    let max: number;
    if (places === UNSCALED) {
      min = reader.double();
      max = reader.double();
      bucket.sum += reader.double();
    } else {
      least += reader.signed();
      const spread = reader.unsigned();
      min = unscaled(least, places);
      max = unscaled(least + spread, places);
      bucket.sum += unscaled(n * least + (spread > 0 ? reader.signed() : 0), places);
    }
    bucket.min = Math.min(bucket.min, min);
    bucket.max = Math.max(bucket.max, max);
    if (min === max) bucket.sketch.add(max, n);
    else addSketch(reader, bucket);
  }
}

function writeSketch(writer: ByteWriter, { sketch }: Bucket): void {
  const steps = sketch.inOrder();
  writer.unsigned(sketch.zeros);
  writer.unsigned(steps.length);
  let last = 0;
  for (const [step, count] of steps) {
    writer.signed(step - last);
    writer.unsigned(count);
    last = step;
  }
}

function addSketch(reader: ByteReader, { sketch }: Bucket): void {
  sketch.zeros += reader.unsigned();
  let step = 0;
  for (let left = reader.unsigned(); left > 0; left -= 1) {
    step += reader.signed();
    sketch.addAt(step, reader.unsigned());
  }
}
