// How the writer's answers cross the port: as one array of numbers, because each object in a message costs both threads as much as a
// row does. Rejected rows are rare and travel as they are. Pure.
import type { BatchResult, WireResults } from './protocol';

const NUMBERS_PER_RESULT = 5;

export function resultsToWire(results: readonly BatchResult[]): WireResults {
  const numbers = new Float64Array(results.length * NUMBERS_PER_RESULT);
  const rejected: (readonly [number, BatchResult['outcome']['rejected']])[] = [];
  for (const [index, { seq, pickedAtMs, outcome }] of results.entries()) {
    const { inserted, changed, unchanged } = outcome;
    numbers.set([seq, pickedAtMs, inserted, changed, unchanged], index * NUMBERS_PER_RESULT);
    if (outcome.rejected.length > 0) rejected.push([index, outcome.rejected]);
  }
  return { numbers, rejected };
}

export function resultsFromWire({ numbers, rejected }: WireResults): readonly BatchResult[] {
  const rejectedOf = new Map(rejected);
  return Array.from({ length: numbers.length / NUMBERS_PER_RESULT }, (_, index) => {
    const first = index * NUMBERS_PER_RESULT;
    const [seq = 0, pickedAtMs = 0, inserted = 0, changed = 0, unchanged = 0] = numbers.subarray(
      first,
      first + NUMBERS_PER_RESULT,
    );
    return { seq, pickedAtMs, outcome: { inserted, changed, unchanged, rejected: rejectedOf.get(index) ?? [] } };
  });
}
