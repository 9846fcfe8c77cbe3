// Reads a list entry by entry: a bad entry is counted with its reason and never costs the others.
import type { z } from 'zod';
import type { Parsed } from '../marketSource';

/** Thrown by a row maker to turn one entry away, with a reason short enough to count by. */
export class Rejection extends Error {}

/** Distinct reasons kept; a hostile list must not fill the report. */
const MAX_REASONS = 20;

/**
 * Validates each entry with `schema` and makes a row of it.
 * `toRow` throws Rejection for an entry that is well-formed but unusable.
 */
export function readItems<Item, Row>(
  entries: readonly unknown[],
  schema: z.ZodType<Item>,
  toRow: (item: Item) => Row,
): Parsed<Row> {
  const rows: Row[] = [];
  const reasons = new Map<string, number>();
  for (const entry of entries) {
    const made = readItem(entry, schema, toRow);
    if ('row' in made) {
      rows.push(made.row);
      continue;
    }
    const reason = reasons.has(made.reason) || reasons.size < MAX_REASONS ? made.reason : 'other reasons';
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return { rows, fetched: entries.length, rejected: [...reasons].map(([reason, count]) => ({ reason, count })) };
}

function readItem<Item, Row>(
  entry: unknown,
  schema: z.ZodType<Item>,
  toRow: (item: Item) => Row,
): { readonly row: Row } | { readonly reason: string } {
  const parsed = schema.safeParse(entry);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue?.path.join('.') ?? '';
    return { reason: `unusable ${field === '' ? 'entry' : field}` };
  }
  try {
    return { row: toRow(parsed.data) };
  } catch (error) {
    if (error instanceof Rejection) return { reason: error.message };
    throw error;
  }
}
